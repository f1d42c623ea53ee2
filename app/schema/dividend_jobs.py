"""Dividends of many groups at once."""

import enum
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.dividends import DividendRun
from app.schema.groups import BankingGroup
from app.schema.paging import Connection, edges_of
from app.schema.users import User
from app.services.dividend_jobs import list_outcomes


@strawberry.enum
class DividendJobAction(enum.StrEnum):
    CALCULATE = "CALCULATE"
    APPROVE = "APPROVE"
    POST = "POST"


@strawberry.enum
class DividendJobStatus(enum.StrEnum):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"


@strawberry.enum
class DividendJobGroupStatus(enum.StrEnum):
    WAITING = "WAITING"
    APPLIED = "APPLIED"
    FAILED = "FAILED"


@strawberry.type(description="What became of one group of a job.")
class DividendJobGroup:
    """Resolves from a models.DividendJobGroup row."""

    status: DividendJobGroupStatus
    code: str | None = strawberry.field(description="The rule that refused, where it FAILED.")
    finished_at: datetime | None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(_outcome(self).group_id))

    @strawberry.field
    async def run(self, info: Info) -> DividendRun | None:
        run_id = _outcome(self).run_id
        return cast(Any, await info.context.dividend_runs.load(run_id)) if run_id else None


def _outcome(self: object) -> models.DividendJobGroup:
    return cast(models.DividendJobGroup, self)


@strawberry.type
class DividendJobGroupEdge:
    cursor: str
    node: DividendJobGroup


@strawberry.type
class DividendJobGroupConnection(Connection):
    @strawberry.field
    def edges(self) -> list[DividendJobGroupEdge]:
        return cast(list[DividendJobGroupEdge], edges_of(self.page, DividendJobGroupEdge))


@strawberry.type(description="Dividends of many groups, worked off in the background.")
class DividendJob:
    """Resolves from a models.DividendJob row."""

    id: UUID
    action: DividendJobAction
    fiscal_year: int
    county: str | None = strawberry.field(description="Null: the groups were named, or all.")
    status: DividendJobStatus
    total: int = strawberry.field(description="How many groups it is about.")
    done: int
    failed: int
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @strawberry.field
    async def asked_by(self, info: Info) -> User | None:
        return cast(Any, await info.context.users.load(cast(models.DividendJob, self).asked_by))

    @strawberry.field(description="Each group's outcome.")
    async def groups(
        self,
        info: Info,
        status: DividendJobGroupStatus | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> DividendJobGroupConnection:
        page = await list_outcomes(
            info.context.runtime,
            self.id,
            status=status.value if status else None,
            first=50 if first is None else first,
            after=after,
        )
        return DividendJobGroupConnection(page=page)


@strawberry.type
class DividendJobEdge:
    cursor: str
    node: DividendJob


@strawberry.type
class DividendJobConnection(Connection):
    @strawberry.field
    def edges(self) -> list[DividendJobEdge]:
        return cast(list[DividendJobEdge], edges_of(self.page, DividendJobEdge))


@strawberry.input(description="Exactly one of groupIds, county and all.")
class DividendsForInput:
    fiscal_year: int
    group_ids: list[UUID] | None = strawberry.field(default=None, description="At most 1,000.")
    county: str | None = None
    all: bool | None = None
