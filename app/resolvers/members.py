"""The register of members."""

from typing import Any, cast
from uuid import UUID

import anyio.to_thread
import strawberry
from strawberry import Some

from app.auth.permissions import demand
from app.context import Info
from app.errors import NotFound
from app.schema.enums import MemberSort
from app.schema.members import (
    GroupMember,
    MemberConnection,
    RegisterMemberInput,
    UpdateMemberInput,
)
from app.services import members
from app.services.operations import parse
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


@strawberry.type
class MemberQuery:
    @strawberry.field(
        description="Members of one group, of several, of a county, or of all the caller may see, "
        "by name unless `sort` says otherwise. "
        "`search` is any part of a name, a whole phone number or ID number, or a group's code."
    )
    async def members(
        self,
        info: Info,
        group_id: UUID | None = None,
        first: int | None = 50,
        after: str | None = None,
        search: str | None = None,
        county: str | None = None,
        sort: MemberSort | None = None,
        group_ids: list[UUID] | None = None,
    ) -> MemberConnection:
        page = await members.list_members(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            first=50 if first is None else first,
            after=after,
            search=search,
            county=county,
            sort=sort,
            group_ids=group_ids,
        )
        return MemberConnection(page=page)

    @strawberry.field
    async def member(self, info: Info, id: UUID) -> GroupMember | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await members.find_member(session, actor, id))


@strawberry.type
class MemberMutation:
    @strawberry.mutation
    async def register_member(self, info: Info, input: RegisterMemberInput) -> GroupMember:
        actor = info.context.require()
        demand(actor, "members:create")
        body = await anyio.to_thread.run_sync(parse.registration, vars(input))
        operation = Operation(actor, body, input.offline_sync_id)
        return await _member_of(info, operation)

    @strawberry.mutation
    async def update_member(self, info: Info, input: UpdateMemberInput) -> GroupMember:
        actor = info.context.require()
        demand(actor, "members:update")
        values = {**vars(input)}
        birth = values.pop("date_of_birth", None)
        if isinstance(birth, Some):
            values["date_of_birth"] = birth.value
        operation = Operation(actor, parse.member_update(values), input.offline_sync_id)
        return await _member_of(info, operation)


async def _member_of(info: Info, operation: Operation) -> GroupMember:
    """The member as it is now; a repeat shows it only to one who may still see it."""
    outcome = await carry_out(info.context.runtime, operation)
    found = outcome.entity
    if found is None:
        found = await info.context.visible_members.load(cast(UUID, outcome.entity_id))
    if found is None:
        raise NotFound("There is no such member.", field="id")
    return cast(Any, found)
