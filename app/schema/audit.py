"""The audit log, and a group's changed terms."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import orjson
import strawberry

from app import models
from app.context import Info
from app.money import format_money
from app.schema.groups import BankingGroup
from app.schema.paging import Connection, edges_of
from app.schema.users import User
from app.services.settings import COUNTED, camel


@strawberry.type(description="Who did what to which record.")
class AuditEntry:
    """Resolves from a models.AuditLog row."""

    id: UUID
    at: datetime
    action: str
    entity_id: UUID | None
    detail: str = strawberry.field(
        description="Ids, codes and amounts in cents as JSON, or a receipt number."
    )

    @strawberry.field(description="Null for workers, the command line, and failed sign-ins.")
    async def actor(self, info: Info) -> User | None:
        by = _row(self).actor_id
        return cast(Any, await info.context.users.load(by)) if by is not None else None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup | None:
        found = _row(self).group_id
        return cast(Any, await info.context.groups.load(found)) if found is not None else None

    @strawberry.field(
        description="Whether personal values before and after are kept with it, sealed with "
        "the member's key. They are not shown here."
    )
    def is_sealed(self) -> bool:
        return _row(self).sealed is not None


def _row(self: object) -> models.AuditLog:
    return cast(models.AuditLog, self)


@strawberry.type
class AuditEntryEdge:
    cursor: str
    node: AuditEntry


@strawberry.type
class AuditLogConnection(Connection):
    @strawberry.field
    def edges(self) -> list[AuditEntryEdge]:
        return cast(list[AuditEntryEdge], edges_of(self.page, AuditEntryEdge))


@strawberry.type(description="A group's term that was changed.")
class SettingsChange:
    """Resolves from a models.AuditLog row."""

    id: UUID
    at: datetime

    @strawberry.field
    async def changed_by(self, info: Info) -> User | None:
        by = _row(self).actor_id
        return cast(Any, await info.context.users.load(by)) if by is not None else None

    @strawberry.field(description="Its name in GroupSettings.")
    def setting(self) -> str:
        return camel(_detail(self)["setting"])

    @strawberry.field(
        name="from", description="As GroupSettings shows it: money and percent with two places."
    )
    def before(self) -> str:
        return _shown(self, "before")

    @strawberry.field(name="to")
    def after(self) -> str:
        return _shown(self, "after")


def _detail(self: object) -> dict[str, Any]:
    return cast(dict[str, Any], orjson.loads(_row(self).detail))


def _shown(self: object, which: str) -> str:
    found = _detail(self)
    value: int = found[which]
    return str(value) if found["setting"] in COUNTED else format_money(value)


@strawberry.type
class SettingsChangeEdge:
    cursor: str
    node: SettingsChange


@strawberry.type
class SettingsHistoryConnection(Connection):
    @strawberry.field
    def edges(self) -> list[SettingsChangeEdge]:
        return cast(list[SettingsChangeEdge], edges_of(self.page, SettingsChangeEdge))
