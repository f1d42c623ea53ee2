"""Sign-ins and their devices."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.user_sessions import UserSession
from app.services import user_sessions


@strawberry.type
class UserSessionQuery:
    @strawberry.field(
        description="Where the caller is signed in, the last used first; for administrators, "
        "where the user is."
    )
    async def sessions(
        self, info: Info, user_id: UUID | None = None, first: int | None = 50
    ) -> list[UserSession]:
        number = 50 if first is None else first
        actor = info.context.require()
        return cast(
            Any,
            await user_sessions.list_sessions(info.context.runtime, actor, user_id, number),
        )


@strawberry.type
class UserSessionMutation:
    @strawberry.mutation(
        description="Ends a sign-in of the caller (for administrators, anybody's): its tokens "
        "work no more. False where it had ended."
    )
    async def revoke_session(self, info: Info, id: UUID) -> bool:
        actor = info.context.require()
        return await user_sessions.revoke_session(info.context.runtime, actor, id)

    @strawberry.mutation(
        description="Ends all sign-ins of the caller, this one too (for administrators, anybody's)."
    )
    async def revoke_all_sessions(self, info: Info, user_id: UUID) -> bool:
        actor = info.context.require()
        await user_sessions.revoke_all_sessions(info.context.runtime, actor, user_id)
        return True
