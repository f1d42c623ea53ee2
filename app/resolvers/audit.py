"""The audit log, and the history of a group's terms."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.audit import AuditLogConnection, SettingsHistoryConnection
from app.services import audit_log


@strawberry.type
class AuditQuery:
    @strawberry.field(
        description="Who did what to which record, newest first; administrators only. `to` is "
        "the first instant that is left out."
    )
    async def audit_log(
        self,
        info: Info,
        group_id: UUID | None = None,
        entity_id: UUID | None = None,
        actor_id: UUID | None = None,
        action: str | None = None,
        since: Annotated[datetime | None, strawberry.argument(name="from")] = None,
        until: Annotated[datetime | None, strawberry.argument(name="to")] = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> AuditLogConnection:
        page = await audit_log.list_audit(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            entity_id=entity_id,
            actor_id=actor_id,
            action=action,
            since=since,
            until=until,
            first=50 if first is None else first,
            after=after,
        )
        return AuditLogConnection(page=page)

    @strawberry.field(description="Who changed which of a group's terms, newest first.")
    async def settings_history(
        self, info: Info, group_id: UUID, first: int | None = 50, after: str | None = None
    ) -> SettingsHistoryConnection:
        page = await audit_log.settings_history(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            first=50 if first is None else first,
            after=after,
        )
        return SettingsHistoryConnection(page=page)
