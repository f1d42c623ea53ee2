"""Users, officers and their sign-in."""

from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from app import models
from app.context import Info
from app.schema.enums import Role

if TYPE_CHECKING:
    from app.schema.groups import BankingGroup
    from app.schema.officers import GeoPoint

GroupType = Annotated["BankingGroup", strawberry.lazy("app.schema.groups")]
GeoPointType = Annotated["GeoPoint", strawberry.lazy("app.schema.officers")]


@strawberry.type
class User:
    """Resolves from a models.User row."""

    id: UUID
    name: str
    role: Role
    is_active: bool

    @strawberry.field
    def phone(self, info: Info) -> str:
        return info.context.user_phone(cast(models.User, self))

    @strawberry.field(description="The groups of this user that the caller may see too.")
    async def assigned_groups(self, info: Info) -> list[GroupType]:
        return cast(Any, await info.context.groups_of_user.load(self.id))


@strawberry.type
class FieldOfficer:
    """Resolves from a models.FieldOfficer row, which shares its id with the user."""

    id: UUID
    is_active: bool

    @strawberry.field
    async def user(self, info: Info) -> User:
        return cast(User, await info.context.users.load(self.id))

    @strawberry.field
    async def phone(self, info: Info) -> str:
        return info.context.user_phone(await info.context.users.load(self.id))

    @strawberry.field
    async def assigned_groups(self, info: Info) -> list[GroupType]:
        return cast(Any, await info.context.groups_of_user.load(self.id))

    @strawberry.field
    async def last_known_location(self, info: Info) -> GeoPointType | None:
        return cast(Any, await info.context.last_locations.load(self.id))

    @strawberry.field
    def device_info(self) -> JSON | None:
        return cast(JSON, cast(models.FieldOfficer, self).device_info)


@strawberry.type
class AuthPayload:
    access_token: str
    refresh_token: str
    expires_in: int = strawberry.field(description="Seconds until the access token ends.")
    user: User


@strawberry.input(description="The phone or browser that signs in; its id is made there, once.")
class DeviceInput:
    id: UUID
    name: str | None = None


@strawberry.input
class LoginInput:
    phone: str
    password: str
    device: DeviceInput | None = None
