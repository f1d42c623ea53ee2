"""What banks and M-Pesa wrote beside a person's payments, when the person is erased.

A bank's reference and details are whatever the payer typed, often a name. An M-Pesa code names
nobody, and keeps its payment from being booked twice, so it stays.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app.models import (
    Account,
    BankingGroup,
    Contribution,
    JournalEntry,
    Member,
    Movement,
    PaymentMethod,
    Posting,
    Repayment,
    ReviewItem,
    Statement,
    StatementLine,
    StatementMatch,
)

BANK = Account.BANK.value
BY_BANK: dict[type[SQLModel], ColumnElement[bool]] = {
    Contribution: col(Contribution.payment_method) == PaymentMethod.BANK.value,
    Repayment: col(Repayment.payment_method) == PaymentMethod.BANK.value,
    Movement: col(Movement.account) == BANK,
}
"""Payments whose `transaction_id` is a bank's reference."""


async def entries_of(session: AsyncSession, member: Member) -> frozenset[UUID]:
    """The entries of the books that have a posting of the member's."""
    rows = await session.execute(
        select(col(JournalEntry.id))
        .join(
            Posting,
            and_(
                col(Posting.group_id) == col(JournalEntry.group_id),
                col(Posting.sequence) == col(JournalEntry.sequence),
            ),
        )
        .where(col(Posting.group_id) == member.group_id, col(Posting.member_id) == member.id)
        .distinct()
    )
    return frozenset(rows.scalars())


async def clear_bank_words(
    session: AsyncSession, group: BankingGroup, member: Member, of_review: ColumnElement[bool]
) -> None:
    """Takes the bank's references and details from the member's payments, from the lines of
    statements that are these payments, and from what was claimed of held ones."""
    for model, condition in BY_BANK.items():
        table: Any = model
        rows = await session.execute(
            select(model).where(
                table.member_id == member.id, table.transaction_id.is_not(None), condition
            )
        )
        for row in rows.scalars():
            row.transaction_id = None
            group.change_sequence += 1
            row.change_sequence = group.change_sequence
    items = await session.execute(
        select(ReviewItem).where(col(ReviewItem.group_id) == group.id, of_review)
    )
    for item in items.scalars():
        claim = orjson.loads(item.claim or "{}")
        if claim.get("paymentMethod") == PaymentMethod.BANK.value and claim.get("transactionId"):
            item.claim = orjson.dumps({**claim, "transactionId": None}).decode()
    await session.flush()
    lines = _lines_of(group.id, member.id, of_review)
    bank = select(col(Statement.id)).where(
        col(Statement.group_id) == group.id, col(Statement.account) == BANK
    )
    for statement in (
        update(StatementLine)
        .where(col(StatementLine.id).in_(lines), col(StatementLine.statement_id).in_(bank))
        .values(reference=""),
        update(StatementLine).where(col(StatementLine.id).in_(lines)).values(details_sealed=None),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))


def _lines_of(group_id: UUID, member_id: UUID, of_review: ColumnElement[bool]) -> Any:
    """The ids of statements' lines that are payments of the member's: matched with their
    entries, booked as such, or held until somebody placed them."""
    held = select(col(ReviewItem.entry_id)).where(
        col(ReviewItem.group_id) == group_id, of_review, col(ReviewItem.entry_id).is_not(None)
    )
    theirs = select(col(JournalEntry.id)).where(
        col(JournalEntry.group_id) == group_id,
        or_(
            col(JournalEntry.id).in_(held),
            col(JournalEntry.sequence).in_(
                select(col(Posting.sequence)).where(
                    col(Posting.group_id) == group_id, col(Posting.member_id) == member_id
                )
            ),
        ),
    )
    matched = (
        select(col(StatementMatch.statement_line_id))
        .join(
            JournalEntry,
            and_(
                col(JournalEntry.group_id) == col(StatementMatch.group_id),
                col(JournalEntry.sequence) == col(StatementMatch.sequence),
            ),
        )
        .where(col(JournalEntry.id).in_(theirs))
    )
    return select(col(StatementLine.id)).where(
        col(StatementLine.group_id) == group_id,
        or_(
            col(StatementLine.id).in_(matched),
            col(StatementLine.booked_entry_id).in_(theirs),
        ),
    )
