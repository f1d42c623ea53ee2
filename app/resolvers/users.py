"""Users, from invitation to deactivation."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.resolvers.session import address_of
from app.schema.accounts import (
    HandOverInput,
    InviteUserInput,
    IssuedCode,
    UpdateUserInput,
    UserAccount,
    UserAccountConnection,
)
from app.schema.enums import Role, UserSort, UserStatus
from app.services import invitations, user_edits, users


@strawberry.type
class UserQuery:
    @strawberry.field(
        description="Those who sign in, by name unless `sort` says otherwise; administrators only. "
        "The search takes a part of a name or a whole phone number; a group, its officers, "
        "chair and committee."
    )
    async def users(
        self,
        info: Info,
        search: str | None = None,
        role: Role | None = None,
        status: UserStatus | None = None,
        group_id: UUID | None = None,
        first: int | None = 50,
        after: str | None = None,
        sort: UserSort | None = None,
    ) -> UserAccountConnection:
        page = await users.list_users(
            info.context.runtime,
            info.context.require(),
            search=search,
            role=role,
            status=status,
            group_id=group_id,
            first=50 if first is None else first,
            after=after,
            sort=sort,
        )
        return UserAccountConnection(page=page)

    @strawberry.field(description="One who signs in; administrators only.")
    async def user(self, info: Info, id: UUID) -> UserAccount | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await users.find_user(session, actor, id))


@strawberry.type
class UserMutation:
    @strawberry.mutation(
        description="Makes a user who chooses their own password with the code, which is shown "
        "this once."
    )
    async def invite_user(self, info: Info, input: InviteUserInput) -> IssuedCode:
        new = invitations.Invitation(**vars(input))
        runtime, actor = info.context.runtime, info.context.require()
        return cast(Any, await invitations.invite_user(runtime, actor, new))

    @strawberry.mutation(
        description="Sets the password of whom the code was given to, at the first sign-in or "
        "after a reset. Needs no token; sign in afterwards."
    )
    async def accept_invitation(self, info: Info, phone: str, code: str, password: str) -> bool:
        await invitations.accept_invitation(
            info.context.runtime,
            phone=phone,
            code=code,
            password=password,
            address=address_of(info),
        )
        return True

    @strawberry.mutation(
        description="A new one-time code; the old password and all sign-ins end now."
    )
    async def reset_password(self, info: Info, user_id: UUID) -> IssuedCode:
        runtime, actor = info.context.runtime, info.context.require()
        return cast(Any, await invitations.reset_password(runtime, actor, user_id))

    @strawberry.mutation(description="Changes name, phone, role or groups, with effect at once.")
    async def update_user(self, info: Info, id: UUID, input: UpdateUserInput) -> UserAccount:
        wanted = {name: value for name, value in vars(input).items() if value is not None}
        runtime, actor = info.context.runtime, info.context.require()
        return cast(Any, await user_edits.update_user(runtime, actor, id, wanted))

    @strawberry.mutation(
        description="Ends the user's sign-ins at once and hands an officer's groups over. What "
        "their phones have not sent must be acknowledged."
    )
    async def deactivate_user(
        self,
        info: Info,
        id: UUID,
        hand_over: list[HandOverInput] | None = None,
        acknowledge_unsent: bool = False,
    ) -> UserAccount:
        groups: Sequence[Any] = hand_over or ()
        found = await user_edits.deactivate(
            info.context.runtime,
            info.context.require(),
            id,
            [user_edits.HandOver(**vars(one)) for one in groups],
            acknowledge_unsent=acknowledge_unsent,
        )
        return cast(Any, found)

    @strawberry.mutation(
        description="Lets the user sign in again with the password they had; groups are given anew."
    )
    async def reactivate_user(self, info: Info, id: UUID) -> UserAccount:
        runtime, actor = info.context.runtime, info.context.require()
        return cast(Any, await user_edits.reactivate(runtime, actor, id))
