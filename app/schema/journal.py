"""The journal behind the two tables."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.enums import LoanType
from app.schema.groups import BankingGroup
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money, Percent
from app.schema.users import User
from app.services.journal import ReadEntry


@strawberry.type(description="A line of an entry; the lines of an entry sum to zero.")
class JournalLine:
    """Resolves from a models.Posting row."""

    account: str
    amount: Money = strawberry.field(description="Debit positive, credit negative.")
    balance_after: Money
    subcategory: str | None
    loan_id: UUID | None

    @strawberry.field
    async def member(self, info: Info) -> GroupMember | None:
        member_id = cast(models.Posting, self).member_id
        return cast(Any, await info.context.members.load(member_id)) if member_id else None


@strawberry.type(description="One event in a group's books. It is never changed.")
class JournalEntry:
    """Resolves from services.journal.ReadEntry."""

    @strawberry.field
    def id(self) -> UUID:
        return _entry(self).id

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(_entry(self).group_id))

    @strawberry.field(description="Its number in the group's books.")
    def sequence(self) -> int:
        return _entry(self).sequence

    @strawberry.field
    def kind(self) -> str:
        return _entry(self).kind

    @strawberry.field(description="The day it counts in the books.")
    def booking_date(self) -> date:
        return _entry(self).booking_date

    @strawberry.field(description="The day the money moved, as claimed.")
    def value_date(self) -> date:
        return _entry(self).value_date

    @strawberry.field(description="The receipt's number, or what else it goes by.")
    def reference(self) -> str:
        return _entry(self).reference

    @strawberry.field
    def recorded_at(self) -> datetime:
        return _entry(self).recorded_at

    @strawberry.field(description="Null where the system itself made it.")
    async def recorded_by(self, info: Info) -> User | None:
        return cast(Any, await info.context.users.load(_entry(self).actor_id))

    @strawberry.field(description="The entry that this one reverses.")
    def reverses_id(self) -> UUID | None:
        return _entry(self).reverses_id

    @strawberry.field(description="The entry that reversed this one.")
    def reversed_by_id(self) -> UUID | None:
        return cast(ReadEntry, self).reversed_by

    @strawberry.field(description="The end of the group's hash chain with this entry, in hex.")
    def hash(self) -> str:
        return bytes(_entry(self).hash).hex()

    @strawberry.field
    def lines(self) -> list[JournalLine]:
        return cast(Any, cast(ReadEntry, self).lines)


def _entry(self: object) -> models.JournalEntry:
    return cast(ReadEntry, self).entry


@strawberry.type
class JournalEntryEdge:
    cursor: str
    node: JournalEntry


@strawberry.type
class JournalEntryConnection(Connection):
    @strawberry.field
    def edges(self) -> list[JournalEntryEdge]:
        return cast(list[JournalEntryEdge], edges_of(self.page, JournalEntryEdge))


@strawberry.input
class ReverseEntryInput:
    entry_id: UUID
    reason: str


@strawberry.input
class OpeningSavingInput:
    member_id: UUID
    amount: Money


@strawberry.input(description="A loan that is running on paper, as far as it is not paid back.")
class OpeningLoanInput:
    member_id: UUID
    loan_type: LoanType
    principal: Money = strawberry.field(description="What is left of it.")
    months_left: int
    interest_rate: Percent | None = strawberry.field(
        default=None, description="From now on; null for the group's."
    )
    grace_months: int | None = None


@strawberry.input
class RecordOpeningInput:
    group_id: UUID
    day: date | None = strawberry.field(name="date", default=None)
    cash: Money | None = None
    bank: Money | None = None
    mpesa: Money | None = None
    welfare_fund: Money | None = None
    project_fund: Money | None = None
    external_loans: Money | None = None
    savings: list[OpeningSavingInput] | None = None
    loans: list[OpeningLoanInput] | None = None
    note: str | None = None
    offline_sync_id: UUID | None = None
