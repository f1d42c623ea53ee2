"""What workers could not send or do, for the office."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of


@strawberry.type(description="A row of the outbox that workers gave up.")
class DeadLetter:
    """Resolves from a models.OutboxMessage row."""

    id: UUID
    topic: str
    attempts: int
    created_at: datetime
    dead_at: datetime
    last_error: str | None = strawberry.field(description="A status or an error's name; no data.")

    @strawberry.field(
        description="MAY_HAVE_HAPPENED: it was begun, and nobody knows whether it took effect; "
        "sending it again may do it twice. TRIED_OUT: it did not, however often it was tried. "
        "Others say why the provider refused it."
    )
    def code(self) -> str:
        return cast(models.OutboxMessage, self).dead_code or ""

    @strawberry.field(description="Whom it is about, where it is about one member.")
    async def member(self, info: Info) -> GroupMember | None:
        found = cast(models.OutboxMessage, self).member_id
        return cast(Any, await info.context.members.load(found)) if found is not None else None


@strawberry.type
class DeadLetterEdge:
    cursor: str
    node: DeadLetter


@strawberry.type
class DeadLetterConnection(Connection):
    @strawberry.field
    def edges(self) -> list[DeadLetterEdge]:
        return cast(list[DeadLetterEdge], edges_of(self.page, DeadLetterEdge))
