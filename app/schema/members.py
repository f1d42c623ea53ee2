"""Members of a group."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import strawberry
from strawberry import Maybe

from app import models
from app.context import Info
from app.schema.documents import Document, IdentityCheck
from app.schema.groups import BankingGroup
from app.schema.officers import GeoPointInput
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.services.member_privacy import Kin

if TYPE_CHECKING:
    from app.schema.loans import LoanApplication

LoanType = Annotated["LoanApplication", strawberry.lazy("app.schema.loans")]


@strawberry.type
class NextOfKin:
    name: str
    relationship: str
    phone: str | None = None
    id_number: str | None = None


def kin_from(sealed: Iterable[Kin]) -> list[NextOfKin]:
    return [NextOfKin(**asdict(kin)) for kin in sealed]


@strawberry.input
class NextOfKinInput:
    name: str
    relationship: str
    phone: str | None = None
    id_number: str | None = None


@strawberry.type(description="What a member has paid in; total = regular + welfare + project.")
class SavingsSummary:
    """Resolves from services.savings.Savings."""

    regular: Money
    welfare: Money
    project: Money
    fines: Money
    total: Money
    consecutive_months: int
    max_loan: Money


@strawberry.type
class GroupMember:
    """Resolves from a models.Member row; sealed fields are opened for those who may see them."""

    id: UUID
    member_name: str
    registration_date: date
    is_active: bool
    id_verified: bool
    version: int
    language: str = strawberry.field(description="Of the messages to the member: en or sw.")

    @strawberry.field(description="Whether the member wants messages at all.")
    def messages_wanted(self) -> bool:
        return cast(models.Member, self).messages_off_at is None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(cast(models.Member, self).group_id))

    @strawberry.field
    def id_number(self, info: Info) -> str:
        return info.context.open_member(cast(models.Member, self)).id_number

    @strawberry.field
    def phone(self, info: Info) -> str:
        return info.context.open_member(cast(models.Member, self)).phone

    @strawberry.field
    def date_of_birth(self, info: Info) -> date | None:
        return info.context.open_member(cast(models.Member, self)).date_of_birth

    @strawberry.field
    def next_of_kin(self, info: Info) -> list[NextOfKin]:
        return kin_from(info.context.open_member(cast(models.Member, self)).next_of_kin)

    @strawberry.field
    async def photo_url(self, info: Info) -> str | None:
        return await info.context.document_url(self.id, models.DocumentKind.PHOTO)

    @strawberry.field
    async def id_document_url(self, info: Info) -> str | None:
        return await info.context.document_url(self.id, models.DocumentKind.ID_FRONT)

    @strawberry.field(description="The newest first, 50 at most.")
    async def documents(self, info: Info) -> list[Document]:
        return cast(Any, await info.context.documents_of_member.load(self.id))

    @strawberry.field(description="Who looked at the member's papers last, when and how.")
    async def identity_check(self, info: Info) -> IdentityCheck | None:
        return cast(Any, await info.context.identity_checks.load(self.id))

    @strawberry.field
    async def savings_summary(self, info: Info) -> SavingsSummary:
        return cast(Any, await info.context.savings.load(self.id))

    @strawberry.field(description="The oldest application first.")
    async def loans(self, info: Info) -> list[LoanType]:
        return cast(Any, await info.context.loans_of_member.load(self.id))


@strawberry.type
class MemberEdge:
    cursor: str
    node: GroupMember


@strawberry.type
class MemberConnection(Connection):
    @strawberry.field
    def edges(self) -> list[MemberEdge]:
        return cast(list[MemberEdge], edges_of(self.page, MemberEdge))


@strawberry.input
class RegisterMemberInput:
    group_id: UUID
    member_name: str
    id_number: str
    phone: str
    id: UUID | None = None
    date_of_birth: date | None = None
    next_of_kin: list[NextOfKinInput] | None = None
    registration_date: date | None = None
    geo: GeoPointInput | None = None
    id_photo: str | None = strawberry.field(default=None, description="data: URI")
    signature: str | None = strawberry.field(default=None, description="data: URI")
    offline_sync_id: UUID | None = None


@strawberry.input
class UpdateMemberInput:
    id: UUID
    base_version: int
    member_name: str | None = None
    phone: str | None = None
    date_of_birth: Maybe[date | None]
    next_of_kin: list[NextOfKinInput] | None = None
    is_active: bool | None = None
    offline_sync_id: UUID | None = None
