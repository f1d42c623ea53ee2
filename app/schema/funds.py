"""Money that moves for other reasons than contributions and loans."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.receipts import code_of
from app.schema.enums import MoneyAccount, MovementKind, PaymentMethod
from app.schema.groups import BankingGroup
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.receipts import RECEIPT_CODE
from app.schema.scalars import Money
from app.schema.users import User


@strawberry.type(description="A withdrawal, an expense, banking …; its entry is in the journal.")
class Movement:
    """Resolves from a models.Movement row."""

    id: UUID
    kind: MovementKind
    amount: Money
    movement_date: date
    description: str
    transaction_id: str | None
    receipt_number: str
    entry_id: UUID

    @strawberry.field(description=RECEIPT_CODE)
    def receipt_code(self) -> str | None:
        row = cast(models.Movement, self)
        return code_of(row.receipt_number, row.offline_sync_id, row.id)

    @strawberry.field(description="Null where no money moved.")
    def account(self) -> MoneyAccount | None:
        found = cast(models.Movement, self).account
        return MoneyAccount(found) if found in models.MONEY_ACCOUNTS else None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(cast(models.Movement, self).group_id))

    @strawberry.field
    async def member(self, info: Info) -> GroupMember | None:
        member_id = cast(models.Movement, self).member_id
        return cast(Any, await info.context.members.load(member_id)) if member_id else None

    @strawberry.field
    async def recorded_by(self, info: Info) -> User | None:
        return cast(Any, await info.context.users.load(cast(models.Movement, self).recorded_by))

    @strawberry.field
    def is_reversed(self) -> bool:
        return cast(models.Movement, self).reversed_by is not None


@strawberry.type
class MovementEdge:
    cursor: str
    node: Movement


@strawberry.type
class MovementConnection(Connection):
    @strawberry.field
    def edges(self) -> list[MovementEdge]:
        return cast(list[MovementEdge], edges_of(self.page, MovementEdge))


@strawberry.input
class RecordMovementInput:
    group_id: UUID
    movement: MovementKind = strawberry.field(
        description="EXPENSE, OTHER_INCOME, PROJECT_SPENDING, TO_BANK, FROM_BANK, "
        "EXTERNAL_LOAN_RECEIVED or EXTERNAL_LOAN_REPAID."
    )
    amount: Money
    payment_method: PaymentMethod = strawberry.field(
        description="Where the money comes from or goes to; of banking, the side that is not "
        "the bank."
    )
    description: str
    id: UUID | None = None
    movement_date: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None
    offline_sync_id: UUID | None = None
