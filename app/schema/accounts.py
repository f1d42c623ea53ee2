"""Users as administrators see and manage them."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.enums import CodePurpose, Role, UserStatus
from app.schema.groups import BankingGroup
from app.schema.members import GroupMember
from app.schema.officers import UnsentWork
from app.schema.paging import Connection, edges_of
from app.services.users import status_of


@strawberry.type(description="A code that was given out and not used yet; never the code itself.")
class OneTimeCode:
    """Resolves from a models.OneTimeCode row."""

    purpose: CodePurpose
    created_at: datetime
    expires_at: datetime


@strawberry.type(description="Somebody who signs in, for administrators.")
class UserAccount:
    """Resolves from a models.User row."""

    id: UUID
    name: str
    role: Role
    is_active: bool
    created_at: datetime
    last_sign_in_at: datetime | None

    @strawberry.field
    def phone(self, info: Info) -> str:
        return info.context.user_phone(cast(models.User, self))

    @strawberry.field
    async def status(self, info: Info) -> UserStatus:
        code = await info.context.one_time_codes.load(self.id)
        return status_of(cast(models.User, self), code)

    @strawberry.field(description="The code that waits to be used; null where there is none.")
    async def code(self, info: Info) -> OneTimeCode | None:
        return cast(Any, await info.context.one_time_codes.load(self.id))

    @strawberry.field(description="An officer's groups, or the one of a chair or committee member.")
    async def assigned_groups(self, info: Info) -> list[BankingGroup]:
        return cast(Any, await info.context.groups_of_user.load(self.id))

    @strawberry.field(description="The member that the user is too.")
    async def member(self, info: Info) -> GroupMember | None:
        linked = cast(models.User, self).member_id
        return cast(Any, await info.context.members.load(linked)) if linked else None

    @strawberry.field(description="Phones and browsers on which they signed in last.")
    async def device_count(self, info: Info) -> int:
        return await info.context.device_counts.load(self.id)

    @strawberry.field(description="What their phones say that they have not sent.")
    async def unsent_work(self, info: Info) -> list[UnsentWork]:
        found = await info.context.unsent_of_user.load(self.id)
        return [UnsentWork.of(row, name) for row, name in found]


@strawberry.type
class UserAccountEdge:
    cursor: str
    node: UserAccount


@strawberry.type
class UserAccountConnection(Connection):
    @strawberry.field
    def edges(self) -> list[UserAccountEdge]:
        return cast(list[UserAccountEdge], edges_of(self.page, UserAccountEdge))


@strawberry.type(description="A user and their one-time code, which is shown this once.")
class IssuedCode:
    """Resolves from services.invitations.Issued."""

    user: UserAccount
    code: str
    expires_at: datetime


@strawberry.input
class InviteUserInput:
    name: str
    phone: str
    role: Role
    group_ids: list[UUID] = strawberry.field(
        default_factory=list,
        description="Any number for an officer, one for a chair or committee member.",
    )
    member_id: UUID | None = strawberry.field(
        default=None, description="The member that they are too."
    )


@strawberry.input(description="What is left out stays as it is.")
class UpdateUserInput:
    name: str | None = None
    phone: str | None = None
    role: Role | None = None
    group_ids: list[UUID] | None = strawberry.field(
        default=None, description="All groups from now on: the others are taken away."
    )
    member_id: UUID | None = None


@strawberry.input(description="A group of an officer who leaves, and who gets it.")
class HandOverInput:
    group_id: UUID
    to_officer_id: UUID
