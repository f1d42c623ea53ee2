"""Fines that members owe: charging, paying, waiving (design.md: Savings, Loans).

A charge is no entry in the books: a fine is income when it is paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import ChargePayment, ChargeStatus, FineCharge
from app.models.base import new_id
from app.runtime import Runtime
from app.services.operations.named import Named
from app.services.operations.state import State

OPEN = ChargeStatus.OPEN.value
SETTLED = ChargeStatus.SETTLED.value
WAIVED = ChargeStatus.WAIVED.value


@dataclass(slots=True)
class NamedCharges:
    """Whose charges an operation reads; a kind's `gather` fills it in."""

    ids: set[UUID] = field(default_factory=set)
    members: set[UUID] = field(default_factory=set)
    """Their open charges."""
    loans: set[UUID] = field(default_factory=set)
    """All their charges, paid and waived ones too: each instalment is charged once."""
    meetings: set[UUID] = field(default_factory=set)
    """The same."""
    entries: set[UUID] = field(default_factory=set)
    """Entries that are to be reversed: the charges that they paid."""


@dataclass(slots=True)
class Charges:
    """The charges that were loaded or made, and what entries paid of them."""

    rows: dict[UUID, FineCharge] = field(default_factory=dict)
    payments: dict[tuple[UUID, UUID], ChargePayment] = field(default_factory=dict)
    """(entry, charge) to what it paid."""


async def load_charges(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """Loads what is named; nothing, and no statement, where nothing is."""
    wanted = named.section(NamedCharges)
    charges = state.section(Charges)
    if wanted.entries:
        paid = await session.execute(
            select(ChargePayment).where(col(ChargePayment.entry_id).in_(wanted.entries))
        )
        for payment in paid.scalars():
            session.expunge(payment)
            charges.payments[payment.entry_id, payment.charge_id] = payment
            wanted.ids.add(payment.charge_id)
    if not (wanted.ids or wanted.members or wanted.loans or wanted.meetings):
        return
    rows = await session.execute(
        select(FineCharge).where(
            or_(
                col(FineCharge.id).in_(wanted.ids),
                col(FineCharge.member_id).in_(wanted.members) & (col(FineCharge.status) == OPEN),
                col(FineCharge.loan_id).in_(wanted.loans),
                col(FineCharge.meeting_id).in_(wanted.meetings),
            ),
            col(FineCharge.group_id).in_(list(state.books)),
        )
    )
    for row in rows.scalars():
        session.expunge(row)
        # One row is one object, whether it was named itself or by its member.
        known = state.subjects.setdefault(row.id, row)
        if isinstance(known, FineCharge):
            charges.rows[row.id] = known


def open_of_member(state: State, member_id: UUID) -> list[FineCharge]:
    """The member's open charges, oldest first."""
    return _oldest_first(
        row
        for row in state.section(Charges).rows.values()
        if row.member_id == member_id and row.status == OPEN
    )


def of_loan(state: State, loan_id: UUID) -> list[FineCharge]:
    """All charges of a loan's instalments, oldest first."""
    rows = state.section(Charges).rows.values()
    return _oldest_first(row for row in rows if row.loan_id == loan_id)


def _oldest_first(rows: Iterable[FineCharge]) -> list[FineCharge]:
    return sorted(rows, key=lambda row: (row.charged_on, row.instalment or 0, row.id))


def charge(
    state: State,
    group_id: UUID,
    member_id: UUID,
    reason: str,
    amount: int,
    on: date,
    *,
    loan_id: UUID | None = None,
    instalment: int | None = None,
    meeting_id: UUID | None = None,
    month: date | None = None,
    note: str | None = None,
    row_id: UUID | None = None,
) -> FineCharge | None:
    """A new charge; None where the fine is nothing or its cause was charged already.

    The caller has named the loan or the meeting, or loaded the month's charges, so that what
    was charged before is known.
    """
    cause = (loan_id, instalment, meeting_id, month)
    if amount <= 0 or _is_charged(state, member_id, reason, *cause):
        return None
    row = FineCharge(
        id=row_id or new_id(),
        group_id=group_id,
        member_id=member_id,
        reason=reason,
        amount=amount,
        charged_on=on,
        loan_id=loan_id,
        instalment=instalment,
        meeting_id=meeting_id,
        month=month,
        note=note,
        change_sequence=state.books[group_id].next_change(),
    )
    state.section(Charges).rows[row.id] = row
    state.make(row)
    return row


def _is_charged(
    state: State,
    member_id: UUID,
    reason: str,
    loan_id: UUID | None,
    instalment: int | None,
    meeting_id: UUID | None,
    month: date | None,
) -> bool:
    if loan_id is None and meeting_id is None and month is None:
        return False
    return any(
        (loan_id is not None and row.loan_id == loan_id and row.instalment == instalment)
        or (
            meeting_id is not None
            and row.meeting_id == meeting_id
            and row.member_id == member_id
            and row.reason == reason
        )
        or (month is not None and row.month == month and row.member_id == member_id)
        for row in state.section(Charges).rows.values()
    )


def pay(state: State, row: FineCharge, cents: int, entry_id: UUID) -> None:
    """Counts `cents` of the entry towards the charge, which must owe as much."""
    if not 0 < cents <= row.amount - row.paid:
        raise AssertionError("more than the charge owes")
    row.paid += cents
    if row.paid == row.amount:
        row.status = SETTLED
    state.touch(row)
    payments = state.section(Charges).payments
    known = payments.get((entry_id, row.id))
    if known is not None:
        known.amount += cents
        state.rows.put(known)
        return
    payment = ChargePayment(
        entry_id=entry_id, charge_id=row.id, group_id=row.group_id, amount=cents
    )
    payments[entry_id, row.id] = payment
    state.rows.add(payment)


def pay_oldest(state: State, member_id: UUID, cents: int, entry_id: UUID) -> int:
    """Counts a fine that was paid towards the member's open charges, oldest first.

    Returns what was left over: a fine needs no charge.
    """
    for row in open_of_member(state, member_id):
        if cents == 0:
            break
        part = min(cents, row.amount - row.paid)
        pay(state, row, part, entry_id)
        cents -= part
    return cents


def waive(state: State, row: FineCharge, by: UUID, note: str) -> None:
    """The rest of the charge is no longer owed; what was paid stays paid."""
    row.status = WAIVED
    row.waived_by = by
    row.note = note
    state.touch(row)


def reopen(state: State, entry_id: UUID) -> None:
    """Takes back what the entry paid of charges; the entry was named in NamedCharges."""
    charges = state.section(Charges)
    for (paid_by, charge_id), payment in list(charges.payments.items()):
        if paid_by != entry_id:
            continue
        row = charges.rows[charge_id]
        row.paid -= payment.amount
        if row.status == SETTLED:
            row.status = OPEN
        state.touch(row)
        del charges.payments[paid_by, charge_id]
        state.rows.drop(payment)
