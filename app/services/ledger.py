"""The one writer of the books: entries, postings, running balances and the hash chain.

Pure: a `GroupBook` holds a locked group's counters and balances in memory, `post` yields
rows. The caller inserts them and saves the counters in the same transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from app.models import MONEY_ACCOUNTS

CANONICAL_VERSION = 1

ENTRY_COLUMNS = (
    "id",
    "group_id",
    "sequence",
    "booking_date",
    "value_date",
    "kind",
    "reference",
    "reverses_id",
    "actor_id",
    "recorded_at",
    "hash",
)
POSTING_COLUMNS = (
    "group_id",
    "sequence",
    "line",
    "account",
    "amount",
    "balance_after",
    "money_after",
    "subcategory",
    "member_id",
    "loan_id",
)


class LedgerError(Exception):
    """An entry that must never be written: a fault of ours, not of the caller."""


class Line(NamedTuple):
    """A posting to be: signed cents, debit positive. Money lines name their subcategory."""

    account: str
    amount: int
    subcategory: str | None = None
    member_id: UUID | None = None
    loan_id: UUID | None = None


class Draft(NamedTuple):
    """An entry to be."""

    id: UUID
    booking_date: date
    value_date: date
    kind: str
    reference: str
    actor_id: UUID
    recorded_at: datetime
    lines: Sequence[Line]
    reverses_id: UUID | None = None


@dataclass(slots=True)
class GroupBook:
    """A locked group's books: the end of its chain, its counters and its balances."""

    group_id: UUID
    sequence: int
    head: bytes
    change_sequence: int
    balances: dict[tuple[UUID, str], int] = field(default_factory=dict)
    """(owner, account) to signed cents; the owner is the group, a member or a loan."""
    touched: set[tuple[UUID, str]] = field(default_factory=set)
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    postings: list[tuple[Any, ...]] = field(default_factory=list)
    changed: bool = False

    def next_change(self) -> int:
        """The next number of the group's changes, for whatever has changed now."""
        self.change_sequence += 1
        self.changed = True
        return self.change_sequence

    def post(self, draft: Draft) -> int:
        """Adds the entry and its postings; returns its sequence number.

        LedgerError unless there are at least two lines, none is zero and they sum to zero.
        """
        lines = draft.lines
        if len(lines) < 2 or sum(line.amount for line in lines) != 0:
            raise LedgerError("The postings of an entry do not sum to zero.")
        self.sequence += 1
        self.changed = True
        rows = [self._row(number, line) for number, line in enumerate(lines)]
        self.postings.extend(rows)
        header = (
            draft.id,
            self.group_id,
            self.sequence,
            draft.booking_date,
            draft.value_date,
            draft.kind,
            draft.reference,
            draft.reverses_id,
            draft.actor_id,
            draft.recorded_at,
        )
        self.head = chain_hash(self.head, header, rows)
        self.entries.append((*header, self.head))
        return self.sequence

    def _row(self, number: int, line: Line) -> tuple[Any, ...]:
        if line.amount == 0:
            raise LedgerError("A posting of nothing.")
        group_id = self.group_id
        balance = self._move(group_id, line.account, line.amount)
        is_money = line.account in MONEY_ACCOUNTS
        if is_money == (line.subcategory is None):
            raise LedgerError("Money postings, and only they, carry a subcategory.")
        if not is_money:
            if line.loan_id is not None:
                self._move(line.loan_id, line.account, line.amount)
            elif line.member_id is not None:
                self._move(line.member_id, line.account, line.amount)
        money = self.money() if is_money else None
        return (
            group_id,
            self.sequence,
            number,
            line.account,
            line.amount,
            balance,
            money,
            line.subcategory,
            line.member_id,
            line.loan_id,
        )

    def _move(self, owner: UUID, account: str, amount: int) -> int:
        key = (owner, account)
        balance = self.balances.get(key, 0) + amount
        self.balances[key] = balance
        self.touched.add(key)
        return balance

    def balance(self, owner: UUID, account: str) -> int:
        return self.balances.get((owner, account), 0)

    def money(self) -> int:
        """Cents on the table, in the bank and on M-Pesa together."""
        get, group_id = self.balances.get, self.group_id
        return get((group_id, "CASH"), 0) + get((group_id, "BANK"), 0) + get((group_id, "MPESA"), 0)

    def balance_rows(self) -> list[tuple[UUID, str, UUID, int]]:
        """(owner_id, account, group_id, balance) of every balance that moved, in key order."""
        return [
            (owner, account, self.group_id, self.balances[owner, account])
            for owner, account in sorted(self.touched)
        ]


def chain_hash(previous: bytes, header: Sequence[Any], postings: Sequence[Sequence[Any]]) -> bytes:
    """SHA-256 over the previous hash and the entry's canonical form.

    `header` is in the order of ENTRY_COLUMNS without the hash, `postings` in the order of
    POSTING_COLUMNS. Canonical: compact JSON; ids and dates as text, the instant as whole
    microseconds since 1970 (UTC), so that both databases give the same bytes.
    """
    entry, group, sequence, booked, valued, kind, reference, reverses, actor, recorded = header
    form = [
        CANONICAL_VERSION,
        str(group),
        sequence,
        str(entry),
        booked.isoformat(),
        valued.isoformat(),
        kind,
        reference,
        str(reverses) if reverses else None,
        str(actor),
        microseconds(recorded),
        [
            [
                row[2],
                row[3],
                row[4],
                row[5],
                row[6],
                row[7],
                str(row[8]) if row[8] else None,
                str(row[9]) if row[9] else None,
            ]
            for row in postings
        ],
    ]
    return hashlib.sha256(previous + orjson.dumps(form)).digest()


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970, exactly (a float would lose some)."""
    passed = instant - EPOCH
    return (passed.days * 86400 + passed.seconds) * 1_000_000 + passed.microseconds
