"""Phones and browsers that somebody signed in on."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.officers import UnsentWork
from app.schema.paging import Connection, edges_of
from app.schema.users import User
from app.services import devices


@strawberry.type(description="A phone or browser that somebody signed in on.")
class Device:
    """Resolves from a devices.KnownDevice."""

    id: UUID
    signed_in: int = strawberry.field(description="Sign-ins on it that have not ended.")

    @strawberry.field(description="What it calls itself.")
    def name(self) -> str:
        return _known(self).row.name

    @strawberry.field(description="Who signed in on it last.")
    async def user(self, info: Info) -> User | None:
        return cast(Any, await info.context.users.load(_known(self).row.user_id))

    @strawberry.field
    def created_at(self) -> datetime:
        return _known(self).row.created_at

    @strawberry.field(description="When it signed in or renewed its tokens last.")
    def last_seen_at(self) -> datetime:
        return _known(self).row.last_seen_at

    @strawberry.field(description="Since when nobody can sign in on it.")
    def revoked_at(self) -> datetime | None:
        return _known(self).row.revoked_at

    @strawberry.field(description="What it said that it has not sent, by officer.")
    def unsent(self) -> list[UnsentWork]:
        known = _known(self)
        return [UnsentWork.of(work, known.row.name) for work in known.unsent]


def _known(self: object) -> devices.KnownDevice:
    return cast(devices.KnownDevice, self)


@strawberry.type
class DeviceEdge:
    cursor: str
    node: Device


@strawberry.type
class DeviceConnection(Connection):
    @strawberry.field
    def edges(self) -> list[DeviceEdge]:
        return cast(list[DeviceEdge], edges_of(self.page, DeviceEdge))
