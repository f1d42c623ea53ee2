"""Messages to members and users, as the office sees them."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.models import MessageChannel, MessageState, MessageTemplate
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.services.messages import text_for_office

for _enum in (MessageChannel, MessageState, MessageTemplate):
    strawberry.enum(_enum)


@strawberry.type(description="A message to a member, or a one-time code to a user.")
class Message:
    """Resolves from a models.Message row."""

    id: UUID
    template: MessageTemplate
    language: str
    state: MessageState
    channel: MessageChannel | None
    cost: Money = strawberry.field(
        description="What the provider said, or what is reckoned with until it does."
    )
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    reason: str | None = strawberry.field(
        description="Why it waits (QUIET_HOURS, COST_LIMIT, or what the provider said last), was "
        "cancelled (OPTED_OUT, NO_PHONE, TOO_LATE) or is a dead letter."
    )

    @strawberry.field(description="Null where it went to a user.")
    async def member(self, info: Info) -> GroupMember | None:
        found = cast(models.Message, self).member_id
        return cast(Any, await info.context.members.load(found)) if found is not None else None

    @strawberry.field(description="Its words. Empty for a code, which is its owner's alone.")
    async def text(self, info: Info) -> str:
        row = cast(models.Message, self)
        if row.member_id is None:
            return ""
        member = await info.context.members.load(row.member_id)
        return text_for_office(info.context.runtime, row, member)


@strawberry.type
class MessageEdge:
    cursor: str
    node: Message


@strawberry.type
class MessageConnection(Connection):
    @strawberry.field
    def edges(self) -> list[MessageEdge]:
        return cast(list[MessageEdge], edges_of(self.page, MessageEdge))
