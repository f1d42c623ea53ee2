"""Suspicious repeats: the same member, kind, amount, day and method more than once.

Cash that was taken is a fact, so the second payment is booked like the first; an item in the
review inbox names both entries, and a person says whether it was one too many. Two payments
that carry different transaction codes are two payments.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.lookup import Lookup
from app.models import Contribution, Repayment, ReviewItem, ReviewKind
from app.money import format_money
from app.runtime import Runtime
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Operation
from app.services.operations.undoing import Reversals

REPEAT = ReviewKind.REPEAT.value


class Payment(NamedTuple):
    """What makes two payments look like one: cents, and whose, for what, when and how."""

    owner: UUID
    """The member; of a repayment the loan."""
    purpose: str
    """The contribution's type; "" of a repayment."""
    amount: int
    day: date
    method: str


class Booked(NamedTuple):
    """An entry of such a payment, and the transaction code that it came with."""

    entry_id: UUID
    code: str | None


@dataclass(slots=True)
class NamedPayments:
    """What the payments of a list have in common with those that would repeat them."""

    members: set[UUID] = field(default_factory=set)
    loans: set[UUID] = field(default_factory=set)
    amounts: set[int] = field(default_factory=set)
    days: set[date | None] = field(default_factory=set)
    """None for today."""


@dataclass(slots=True)
class Payments:
    """The payments that are in the books, those of this list included, oldest first."""

    booked: dict[Payment, list[Booked]] = field(default_factory=lambda: defaultdict(list))


# By member and day, which are indexed; one statement for a list of any length.
CONTRIBUTIONS = Lookup(
    lambda one_of: (
        select(
            col(Contribution.member_id),
            col(Contribution.contribution_type),
            col(Contribution.amount),
            col(Contribution.contribution_date),
            col(Contribution.payment_method),
            col(Contribution.entry_id),
            col(Contribution.transaction_id),
        )
        .where(
            one_of(col(Contribution.member_id), "members"),
            one_of(col(Contribution.contribution_date), "days"),
            one_of(col(Contribution.amount), "amounts"),
            col(Contribution.reversed_by).is_(None),
        )
        .order_by(col(Contribution.change_sequence))
    )
)


def gather_payment(named: Named, owner: UUID, amount: int, day: date | None, *, loan: bool) -> None:
    """Names a payment of a member, or on a loan, whose repeats are to be found."""
    wanted = named.section(NamedPayments)
    (wanted.loans if loan else wanted.members).add(owner)
    wanted.amounts.add(amount)
    wanted.days.add(day)


async def load_repeats(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """The payments that those of the list may repeat."""
    wanted = named.section(NamedPayments)
    days = {day or state.today for day in wanted.days}
    booked = state.section(Payments).booked
    if wanted.members:
        rows = await CONTRIBUTIONS.rows(
            session, members=wanted.members, days=days, amounts=wanted.amounts
        )
        for *payment, entry_id, code in rows:
            booked[Payment(*payment)].append(Booked(entry_id, code))
    if not wanted.loans:
        return
    repayments = await session.execute(
        select(Repayment)
        .where(
            col(Repayment.loan_id).in_(wanted.loans),
            col(Repayment.payment_date).in_(days),
            col(Repayment.amount).in_(wanted.amounts),
            col(Repayment.reversed_by).is_(None),
        )
        .order_by(col(Repayment.change_sequence))
    )
    for row in repayments.scalars():
        payment = Payment(row.loan_id, "", row.amount, row.payment_date, row.payment_method)
        booked[payment].append(Booked(row.entry_id, row.transaction_id))


def note_payment(
    state: State,
    operation: Operation,
    payment: Payment,
    booked: Booked,
    *,
    group_id: UUID,
    member_id: UUID,
    subject_id: UUID,
) -> None:
    """Remembers a payment that was booked, and puts it into the inbox where it repeats one."""
    before = state.section(Payments).booked[payment]
    first = _repeated(state, before, booked) if before else None
    before.append(booked)
    if first is None:
        return
    claim = {
        "operation": operation.kind,
        "memberId": member_id,
        "amount": format_money(payment.amount),
        "paymentMethod": payment.method,
        "transactionId": booked.code,
        "repeatsEntryId": first.entry_id,
        **_named_as(payment),
    }
    state.make(
        ReviewItem(
            group_id=group_id,
            entry_id=booked.entry_id,
            operation_id=operation.offline_sync_id,
            reason=REPEAT,
            amount=payment.amount,
            claim=orjson.dumps(claim, default=str).decode(),
            officer_id=operation.actor.user_id,
            created_at=state.now,
            kind=REPEAT,
            subject_id=subject_id,
            change_sequence=state.books[group_id].next_change(),
        )
    )


def _repeated(state: State, before: list[Booked], booked: Booked) -> Booked | None:
    """The oldest payment that may be the same: not reversed meanwhile, nor another code."""
    undone = state.section(Reversals).reversed
    for one in before:
        if one.entry_id in undone:
            continue
        if one.code is None or booked.code is None or one.code == booked.code:
            return one
    return None


def _named_as(payment: Payment) -> dict[str, object]:
    if payment.purpose:
        return {"contributionType": payment.purpose, "contributionDate": payment.day}
    return {"loanId": payment.owner, "paymentDate": payment.day}
