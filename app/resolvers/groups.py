"""Groups, and the places they can be in."""

from typing import Any, cast
from uuid import UUID

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.context import Info
from app.schema.enums import GroupSort, GroupStatus, Office
from app.schema.groups import (
    BankingGroup,
    BankingGroupConnection,
    County,
    CreateGroupInput,
    UpdateGroupInput,
)
from app.services import group_edits, groups, officials, people
from app.services.places import list_places


@strawberry.type
class GroupQuery:
    @strawberry.field(
        description="The groups the caller may see, by name unless `sort` says otherwise."
    )
    async def groups(
        self,
        info: Info,
        first: int | None = 50,
        after: str | None = None,
        search: str | None = None,
        county: str | None = None,
        status: GroupStatus | None = None,
        group_ids: list[UUID] | None = None,
        sort: GroupSort | None = None,
    ) -> BankingGroupConnection:
        page = await groups.list_groups(
            info.context.runtime,
            info.context.require(),
            first=50 if first is None else first,
            after=after,
            search_for=search,
            county=county,
            status=status.value if status else None,
            group_ids=group_ids,
            sort=sort,
        )
        return BankingGroupConnection(page=page)

    @strawberry.field
    async def group(self, info: Info, id: UUID) -> BankingGroup | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await groups.find_group(session, actor, id))

    @strawberry.field(
        description="The official counties, constituencies and wards, for pick lists."
    )
    def places(self, info: Info) -> list[County]:
        info.context.require()
        return cast(Any, list_places())


@strawberry.type
class GroupMutation:
    @strawberry.mutation(description="Adds a group; administrators only.")
    async def create_group(self, info: Info, input: CreateGroupInput) -> BankingGroup:
        actor, runtime = info.context.require(), info.context.runtime
        values = {**vars(input)}
        geo = values.pop("geo")
        point = {} if geo is None else vars(geo)
        new = groups.NewGroup(**values, **point)

        async def work(session: AsyncSession) -> models.BankingGroup:
            return await groups.create_group(runtime, session, actor, new)

        return cast(Any, await runtime.db.transact(work))

    @strawberry.mutation(
        description="Changes a group; administrators only. Edits of different fields merge; "
        "a CONFLICT brings the server's copy in `current` and what was sent in `yours`."
    )
    async def update_group(
        self, info: Info, group_id: UUID, base_version: int, input: UpdateGroupInput
    ) -> BankingGroup:
        wanted = {name: value for name, value in vars(input).items() if value is not None}
        if input.geo is not None:
            wanted["geo"] = tuple(vars(input.geo).values())
        if input.status is not None:
            wanted["status"] = input.status.value
        runtime, actor = info.context.runtime, info.context.require()
        found = await group_edits.update_group(runtime, actor, group_id, base_version, wanted)
        return cast(Any, found)

    @strawberry.mutation(description="Puts a group into an officer's hands, from now on.")
    async def assign_group_officer(
        self, info: Info, group_id: UUID, officer_id: UUID
    ) -> BankingGroup:
        runtime, actor = info.context.runtime, info.context.require()

        async def work(session: AsyncSession) -> models.BankingGroup:
            return await people.assign_to(session, runtime, actor, officer_id, group_id)

        return cast(Any, await runtime.db.transact(work))

    @strawberry.mutation(
        description="Takes a group out of an officer's hands, from now on; the phone forgets it."
    )
    async def remove_group_officer(
        self, info: Info, group_id: UUID, officer_id: UUID
    ) -> BankingGroup:
        runtime, actor = info.context.runtime, info.context.require()

        async def work(session: AsyncSession) -> models.BankingGroup:
            return await people.remove_from(session, runtime, actor, officer_id, group_id)

        return cast(Any, await runtime.db.transact(work))

    @strawberry.mutation(
        description="Elects a member to an office of the group, in place of the one they held. "
        "One who signs in gets the role that goes with it."
    )
    async def assign_group_official(
        self, info: Info, group_id: UUID, member_id: UUID, office: Office
    ) -> BankingGroup:
        runtime, actor = info.context.runtime, info.context.require()
        found = await officials.assign_official(
            runtime, actor, group_id=group_id, member_id=member_id, office=office
        )
        return cast(Any, found)

    @strawberry.mutation(description="Ends a member's office, and the sign-in that went with it.")
    async def remove_group_official(
        self, info: Info, group_id: UUID, member_id: UUID
    ) -> BankingGroup:
        runtime, actor = info.context.runtime, info.context.require()
        found = await officials.remove_official(
            runtime, actor, group_id=group_id, member_id=member_id
        )
        return cast(Any, found)
