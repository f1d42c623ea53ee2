"""Groups, and the places they can be in."""

from typing import Any, cast
from uuid import UUID

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.context import Info
from app.schema.enums import GroupStatus
from app.schema.groups import BankingGroup, BankingGroupConnection, County, CreateGroupInput
from app.services import groups
from app.services.places import list_places


@strawberry.type
class GroupQuery:
    @strawberry.field(description="The groups the caller may see, by name.")
    async def groups(
        self,
        info: Info,
        first: int | None = 50,
        after: str | None = None,
        search: str | None = None,
        county: str | None = None,
        status: GroupStatus | None = None,
    ) -> BankingGroupConnection:
        page = await groups.list_groups(
            info.context.runtime,
            info.context.require(),
            first=50 if first is None else first,
            after=after,
            search_for=search,
            county=county,
            status=status.value if status else None,
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
