"""The review inbox."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import orjson
import strawberry
from strawberry.scalars import JSON

from app import models
from app.context import Info
from app.schema.enums import (
    CashCategory,
    ContributionType,
    ReviewAction,
    ReviewKind,
    ReviewStatus,
)
from app.schema.groups import BankingGroup
from app.schema.members import GroupMember, NextOfKin, kin_from
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.schema.users import User
from app.services.operations.conflicts import wanted_of
from app.services.operations.meetings import MEETING_WORDS
from app.services.operations.members import INPUT_NAMES
from app.services.operations.money import held_error
from app.services.operations.signing import UNDATED, UNDATED_WORDS


@strawberry.type(description="What an officer wants of a member; what was left alone is null.")
class WantedEdit:
    fields: list[str] = strawberry.field(description="Which they are, by their names here.")
    member_name: str | None = None
    phone: str | None = None
    date_of_birth: date | None = None
    next_of_kin: list[NextOfKin] | None = None
    is_active: bool | None = None


def _wanted_from(values: dict[str, Any]) -> WantedEdit:
    kin = values.get("next_of_kin")
    return WantedEdit(
        fields=[INPUT_NAMES[name] for name in sorted(values)],
        **{**values, "next_of_kin": None if kin is None else kin_from(kin)},
    )


@strawberry.type(description="Something that a person must look at.")
class ReviewItem:
    """Resolves from a models.ReviewItem row."""

    id: UUID
    kind: ReviewKind
    status: ReviewStatus
    reason: str = strawberry.field(description="The code of the rule that stood against it.")
    created_at: datetime
    decision: str | None = strawberry.field(
        description="A ReviewAction, or RESOLVED where the officer settled it on the phone."
    )
    decision_note: str | None
    decided_at: datetime | None
    entry_id: UUID | None = strawberry.field(description="The entry in the books that it is about.")
    decision_entry_id: UUID | None = strawberry.field(
        description="The entry that the decision made."
    )
    subject_id: UUID | None = strawberry.field(
        description="The member, meeting, contribution or signature that it is about."
    )
    operation_id: UUID | None = strawberry.field(
        description="The offlineSyncId of the operation, by which the phone knows it."
    )

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(_row(self).group_id))

    @strawberry.field(description="Never negative; `direction` says which way it went.")
    def amount(self) -> Money:
        return Money(abs(_row(self).amount))

    @strawberry.field(description="Null where it is not about money.")
    def direction(self) -> CashCategory | None:
        amount = _row(self).amount
        if amount == 0:
            return None
        return CashCategory.CASH_IN if amount > 0 else CashCategory.CASH_OUT

    @strawberry.field(description="What the phone claimed.")
    def claim(self) -> JSON:
        return cast(JSON, orjson.loads(_row(self).claim or "{}"))

    @strawberry.field(description="Why it is here, in words.")
    def message(self) -> str:
        if self.kind == ReviewKind.REPEAT:
            return "The same member paid the same amount that day already."
        if self.kind == ReviewKind.HELD_CASH:
            return held_error(self.reason).message
        if self.reason == UNDATED:
            return UNDATED_WORDS
        return MEETING_WORDS.get(self.reason, "")

    @strawberry.field(description="Of a repeat: the entry that is in the books already.")
    def repeats_entry_id(self) -> UUID | None:
        found = orjson.loads(_row(self).claim or "{}").get("repeatsEntryId")
        return UUID(found) if found is not None else None

    @strawberry.field(description="The member that was claimed, where the register has one.")
    async def member(self, info: Info) -> GroupMember | None:
        found = orjson.loads(_row(self).claim or "{}").get("memberId")
        if found is None:
            return None
        return cast(Any, await info.context.visible_members.load(UUID(found)))

    @strawberry.field(
        description="Of an edit that clashed: the officer's values. Null for all else, and once "
        "the member was erased."
    )
    async def wanted(self, info: Info) -> WantedEdit | None:
        row = _row(self)
        if row.kind != ReviewKind.CONFLICT.value or row.subject_id is None:
            return None
        member = await info.context.visible_members.load(row.subject_id)
        values = wanted_of(info.context.runtime.keys, member, row) if member else {}
        return _wanted_from(values) if values else None

    @strawberry.field
    async def officer(self, info: Info) -> User | None:
        return cast(Any, await info.context.users.load(_row(self).officer_id))

    @strawberry.field
    async def decided_by(self, info: Info) -> User | None:
        by = _row(self).decided_by
        return cast(Any, await info.context.users.load(by)) if by is not None else None


def _row(self: object) -> models.ReviewItem:
    return cast(models.ReviewItem, self)


@strawberry.type
class ReviewItemEdge:
    cursor: str
    node: ReviewItem


@strawberry.type
class ReviewItemConnection(Connection):
    @strawberry.field
    def edges(self) -> list[ReviewItemEdge]:
        return cast(list[ReviewItemEdge], edges_of(self.page, ReviewItemEdge))


@strawberry.input
class DecideReviewInput:
    item_id: UUID
    action: ReviewAction
    note: str | None = strawberry.field(
        default=None, description="Why; needed for everything but ACCEPT."
    )
    member_id: UUID | None = strawberry.field(default=None, description="For PLACE_TO_MEMBER.")
    contribution_type: ContributionType | None = strawberry.field(
        default=None, description="For PLACE_TO_MEMBER, where money came in."
    )
    loan_id: UUID | None = strawberry.field(default=None, description="For PLACE_TO_LOAN.")
    account: str | None = strawberry.field(
        default=None,
        description="For PLACE_TO_FUND: WELFARE_FUND, PROJECT_FUND, EXTERNAL_LOANS, and "
        "OTHER_INCOME, FINES, REGISTRATION_FEES or APPRECIATION_FEES for money that came in, "
        "OPERATING_EXPENSES for money that was handed out.",
    )
