"""Papers: PDFs that a worker makes."""

from datetime import date, datetime
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.models import PaperKind, PaperStatus
from app.schema.groups import BankingGroup
from app.services import papers

strawberry.enum(PaperKind)
strawberry.enum(PaperStatus)


@strawberry.input
class RequestPaperInput:
    kind: PaperKind
    subject_id: UUID = strawberry.field(
        description="A loan; a member (PASSBOOK, DIVIDEND_STATEMENT); a group (GROUP_STATEMENT, "
        "RECONCILIATION, and wholeGroup); a meeting (MINUTES); a journal entry (RECEIPT)."
    )
    language: str = strawberry.field(default="en", description="en or sw.")
    whole_group: bool = strawberry.field(
        default=False,
        description="PASSBOOK, DIVIDEND_STATEMENT and LOAN_STATEMENT of all of the group, as ZIP.",
    )
    year: int | None = None
    month: int | None = None
    from_: Annotated[date | None, strawberry.argument(name="from")] = strawberry.field(
        default=None, name="from"
    )
    to: date | None = None


@strawberry.type(description="A PDF, or a ZIP of a whole group's, kept for three days.")
class Paper:
    """Resolves from a models.Paper row."""

    id: UUID
    kind: PaperKind
    subject_id: UUID
    whole_group: bool
    language: str
    status: PaperStatus
    total: int = strawberry.field(description="How many sheets it has.")
    asked_at: datetime
    finished_at: datetime | None

    @strawberry.field(description="How many sheets are made.")
    async def done(self, info: Info) -> int:
        return await _count(self, info, PaperStatus.DONE)

    @strawberry.field(description="How many sheets could not be made.")
    async def failed(self, info: Info) -> int:
        return await _count(self, info, PaperStatus.FAILED)

    @strawberry.field(description="Where it is fetched, with the token; null until it is made.")
    def url(self) -> str | None:
        made = cast(models.Paper, self).status == PaperStatus.DONE.value
        return f"/papers/{self.id}" if made else None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(cast(models.Paper, self).group_id))


async def _count(paper: Paper, info: Info, status: PaperStatus) -> int:
    async with info.context.runtime.db.reading() as session:
        found = await papers.progress(session, paper.id)
    return found.get(status.value, 0)


@strawberry.type(description="A paper that was made here; nothing of a person.")
class PaperCheck:
    """Resolves from a services.papers.CheckedPaper."""

    number: str
    kind: PaperKind
    group_name: str
    made_at: datetime
    head: str = strawberry.field(description="The end of the group's hash chain at that time.")
    book_sequence: int
    head_holds: bool = strawberry.field(description="The books still have it at this place.")
