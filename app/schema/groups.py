"""Banking groups."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.enums import GroupStatus, MemberSort, Office
from app.schema.ledger import TrfBalance
from app.schema.officers import GeoPoint, GeoPointInput
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money, Percent
from app.schema.users import FieldOfficer
from app.services import balances, members
from app.services.group_settings import GroupTerms, terms_of

if TYPE_CHECKING:
    from app.schema.members import GroupMember, MemberConnection

GroupMemberType = Annotated["GroupMember", strawberry.lazy("app.schema.members")]
MemberConnectionType = Annotated["MemberConnection", strawberry.lazy("app.schema.members")]


@strawberry.type(
    description="The end of the hash chain: how many entries, and the last one's hash."
)
class BookHead:
    sequence: int
    hash: str


@strawberry.type(description="The terms a group has set for itself, with the defaults filled in.")
class GroupSettings:
    """Resolves from services.group_settings.GroupTerms."""

    minimum_saving: Money
    short_term_rate: Percent
    long_term_rate: Percent
    project_rate: Percent
    profit_share: Percent
    late_fine: Money = strawberry.field(description="Once for each late instalment.")
    missed_meeting_fine: Money
    late_meeting_fine: Money
    missed_saving_fine: Money
    grace_days: int = strawberry.field(description="Before an instalment is late.")
    early_days: int = strawberry.field(
        description="A payment so many days early counts for the instalment that is coming."
    )
    appreciation_fee: Money = strawberry.field(description="Flat; or, not both:")
    appreciation_percent: Percent
    welfare_limit: Money
    welfare_months: int
    welfare_per_year: int
    quorum_percent: Percent


@strawberry.type(description="A field officer who serves the group now.")
class GroupOfficer:
    """Resolves from a models.OfficerAssignment row."""

    @strawberry.field
    async def officer(self, info: Info) -> FieldOfficer:
        row = cast(models.OfficerAssignment, self)
        return cast(FieldOfficer, await info.context.officers.load(row.officer_id))

    @strawberry.field
    def since(self) -> datetime:
        return cast(models.OfficerAssignment, self).assigned_at


@strawberry.type(description="A member whom the group has elected to an office.")
class GroupOfficial:
    """Resolves from a models.GroupOfficial row."""

    office: Office

    @strawberry.field
    async def member(self, info: Info) -> GroupMemberType:
        row = cast(models.GroupOfficial, self)
        return cast(Any, await info.context.members.load(row.member_id))

    @strawberry.field
    def since(self) -> datetime:
        return cast(models.GroupOfficial, self).begun_at


@strawberry.type
class BankingGroup:
    """Resolves from a models.BankingGroup row."""

    id: UUID
    name: str
    group_code: str
    county: str
    constituency: str
    ward: str
    location: str | None
    village: str | None
    meeting_day: str
    meeting_venue: str
    registration_date: date
    status: GroupStatus
    version: int
    books_locked_through: date | None = strawberry.field(
        description="The last day of the newest month that is signed off."
    )

    @strawberry.field
    def geo(self) -> GeoPoint | None:
        row = cast(models.BankingGroup, self)
        if row.latitude is None or row.longitude is None:
            return None
        return GeoPoint(
            latitude=row.latitude,
            longitude=row.longitude,
            accuracy=row.geo_accuracy,
            recorded_at=row.geo_recorded_at,
        )

    @strawberry.field
    async def members(
        self,
        info: Info,
        first: int | None = 50,
        after: str | None = None,
        search: str | None = None,
        sort: MemberSort | None = None,
    ) -> MemberConnectionType:
        from app.schema.members import MemberConnection

        page = await members.list_members(
            info.context.runtime,
            info.context.require(),
            group_id=self.id,
            first=50 if first is None else first,
            after=after,
            search=search,
            sort=sort,
        )
        return MemberConnection(page=page)

    @strawberry.field(description="How many members are active.")
    async def member_count(self, info: Info) -> int:
        return await info.context.member_counts.load(self.id)

    @strawberry.field(description="The money on the table: the CASH account.")
    async def cash_balance(self, info: Info) -> Money:
        found = await info.context.balances.load(self.id)
        return Money(found.get(models.Account.CASH.value, 0))

    @strawberry.field
    async def trf_balance(self, info: Info) -> TrfBalance:
        found = await info.context.balances.load(self.id)
        return cast(Any, balances.trf_of(found, info.context.today()))

    @strawberry.field(description="Who serves the group now, the longest there first.")
    async def officers(self, info: Info) -> list[GroupOfficer]:
        return cast(Any, await info.context.officers_of_group.load(self.id))

    @strawberry.field(description="Chair, secretary, treasurer and committee, in this order.")
    async def officials(self, info: Info) -> list[GroupOfficial]:
        return cast(Any, await info.context.officials_of_group.load(self.id))

    @strawberry.field
    def settings(self) -> GroupSettings:
        terms: GroupTerms = terms_of(cast(models.BankingGroup, self).settings)
        return cast(Any, terms)

    @strawberry.field
    def book_head(self) -> BookHead:
        row = cast(models.BankingGroup, self)
        return BookHead(sequence=row.book_sequence, hash=row.chain_head.hex())


@strawberry.type
class BankingGroupEdge:
    cursor: str
    node: BankingGroup


@strawberry.type
class BankingGroupConnection(Connection):
    @strawberry.field
    def edges(self) -> list[BankingGroupEdge]:
        return cast(list[BankingGroupEdge], edges_of(self.page, BankingGroupEdge))


@strawberry.input
class CreateGroupInput:
    name: str
    group_code: str
    county: str
    constituency: str
    ward: str
    meeting_day: str
    meeting_venue: str
    id: UUID | None = None
    location: str | None = None
    village: str | None = None
    registration_date: date | None = None
    geo: GeoPointInput | None = None


@strawberry.input(
    description="What is left out stays as it is; an empty location or village is cleared."
)
class UpdateGroupInput:
    name: str | None = None
    county: str | None = None
    constituency: str | None = None
    ward: str | None = None
    location: str | None = None
    village: str | None = None
    meeting_day: str | None = None
    meeting_venue: str | None = None
    status: GroupStatus | None = None
    geo: GeoPointInput | None = None


@strawberry.type
class Constituency:
    name: str
    wards: Sequence[str]


@strawberry.type
class County:
    name: str
    constituencies: Sequence[Constituency]
