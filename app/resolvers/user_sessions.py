"""Sign-ins and their devices."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.devices import Device, DeviceConnection
from app.schema.user_sessions import UserSession
from app.services import devices, user_sessions


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

    @strawberry.field(
        description="Phones and browsers, the last used first; administrators only. `revoked` "
        "chooses those that are shut out, or the others."
    )
    async def devices(
        self,
        info: Info,
        user_id: UUID | None = None,
        revoked: bool | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> DeviceConnection:
        page = await devices.list_devices(
            info.context.runtime,
            info.context.require(),
            user_id=user_id,
            revoked=revoked,
            first=50 if first is None else first,
            after=after,
        )
        return DeviceConnection(page=page)


@strawberry.type
class UserSessionMutation:
    @strawberry.mutation(
        description="Shuts a device out: every sign-in on it ends, and nobody can sign in on it "
        "(DEVICE_REVOKED). What it has not sent stays on it."
    )
    async def revoke_device(self, info: Info, id: UUID, acknowledge_unsent: bool = False) -> Device:
        actor, runtime = info.context.require(), info.context.runtime
        found = await devices.revoke_device(
            runtime, actor, id, acknowledge_unsent=acknowledge_unsent
        )
        return cast(Any, found)

    @strawberry.mutation(description="Lets people sign in on a device again.")
    async def restore_device(self, info: Info, id: UUID) -> Device:
        actor = info.context.require()
        return cast(Any, await devices.restore_device(info.context.runtime, actor, id))

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
