"""Messages to members: what was written to whom, and who wants none."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.models import MessageState
from app.schema.members import GroupMember
from app.schema.messages import MessageConnection
from app.services import message_wishes, messages


@strawberry.type
class MessageQuery:
    @strawberry.field(
        description="Messages to members and codes to users, the newest first; administrators "
        "only. Where the server has no provider they are SHOWN here instead of sent."
    )
    async def messages(
        self,
        info: Info,
        member_id: UUID | None = None,
        state: MessageState | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> MessageConnection:
        page = await messages.list_messages(
            info.context.runtime,
            info.context.require(),
            member_id=member_id,
            state=state,
            first=50 if first is None else first,
            after=after,
        )
        return MessageConnection(page=page)


@strawberry.type
class MessageMutation:
    @strawberry.mutation(
        description="In which language (en, sw) a member is written to, and whether at all. "
        "What is left out stays as it is."
    )
    async def set_member_messages(
        self,
        info: Info,
        member_id: UUID,
        language: str | None = None,
        wanted: bool | None = None,
    ) -> GroupMember:
        context = info.context
        found = await message_wishes.set_wishes(
            context.runtime, context.require(), member_id, language=language, wanted=wanted
        )
        return cast(Any, found)
