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
    balances: dict[str, int] = field(default_factory=dict)
    """The group's accounts to signed cents."""
    owned: dict[tuple[UUID, str], int] = field(default_factory=dict)
    """(member or loan, account) to signed cents."""
    moved: set[str] = field(default_factory=set)
    owned_moved: set[tuple[UUID, str]] = field(default_factory=set)
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
        account, amount, subcategory, member_id, loan_id = line
        balance = self.balances.get(account, 0) + amount
        self.balances[account] = balance
        self.moved.add(account)
        money = None
        if account in MONEY_ACCOUNTS:
            money = self.money()
        else:
            owner = loan_id or member_id
            if owner is not None:
                key = (owner, account)
                self.owned[key] = self.owned.get(key, 0) + amount
                self.owned_moved.add(key)
        if (money is None) != (subcategory is None):
            raise LedgerError("Money postings, and only they, carry a subcategory.")
        return (
            self.group_id,
            self.sequence,
            number,
            account,
            amount,
            balance,
            money,
            subcategory,
            member_id,
            loan_id,
        )

    def money(self) -> int:
        """Cents on the table, in the bank and on M-Pesa together."""
        get = self.balances.get
        return get("CASH", 0) + get("BANK", 0) + get("MPESA", 0)

    def balance_rows(self) -> list[tuple[UUID, str, UUID, int]]:
        """(owner_id, account, group_id, balance) of every balance that moved."""
        group_id = self.group_id
        rows = [(group_id, account, group_id, self.balances[account]) for account in self.moved]
        rows.extend((key[0], key[1], group_id, self.owned[key]) for key in self.owned_moved)
        return rows


def chain_hash(previous: bytes, header: Sequence[Any], postings: Sequence[Sequence[Any]]) -> bytes:
    """SHA-256 over the previous hash and the entry's canonical form.

    `header` is in the order of ENTRY_COLUMNS without the hash, `postings` in the order of
    POSTING_COLUMNS. Canonical: compact JSON; ids and dates as text, the instant as whole
    microseconds since 1970 (UTC), so that both databases give the same bytes.
    """
    entry, group, sequence, booked, valued, kind, reference, reverses, actor, recorded = header
    form = [
        CANONICAL_VERSION,
        group,
        sequence,
        entry,
        booked,
        valued,
        kind,
        reference,
        reverses,
        actor,
        microseconds(recorded),
        [row[2:] for row in postings],
    ]
    # `default` is for asyncpg's UUID, a subclass that orjson does not know.
    return hashlib.sha256(previous + orjson.dumps(form, default=str)).digest()


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970, exactly (a float would lose some)."""
    passed = instant - EPOCH
    return (passed.days * 86400 + passed.seconds) * 1_000_000 + passed.microseconds
