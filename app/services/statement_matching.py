"""Which postings are which lines of a statement. Pure (docs/reconciliation.md).

By the transaction's code first, then by amount and day, and then only where one line and one
entry have nobody else: what is ambiguous a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.models import Account, StatementLine

MPESA = Account.MPESA.value
DAYS = {Account.BANK.value: 3, MPESA: 0}
"""How many days a statement's date may lie from the entry's."""
MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Move:
    """What an entry moved on one money account: cents, money in positive."""

    entry_id: UUID
    sequence: int
    account: str
    amount: int
    lines: tuple[int, ...]
    """Its postings to that account."""
    booking_date: date
    value_date: date
    kind: str
    reference: str
    reverses_id: UUID | None = None
    codes: frozenset[str] = frozenset()
    """M-Pesa's transaction ids or the bank's references, in capitals."""
    matched_line_id: UUID | None = None
    cancelled: bool = False
    """Reversed in the same month, or the reversal: no statement shows either."""

    @property
    def is_free(self) -> bool:
        return self.matched_line_id is None and not self.cancelled


def match_lines(
    lines: Sequence[StatementLine], moves: Iterable[Move], account: str
) -> dict[UUID, tuple[Move, ...]]:
    """Line to the entries that are it; lines without a certain answer are not in it."""
    free = {move.sequence: move for move in moves if move.account == account and move.is_free}
    found = _by_code(lines, free)
    left = [line for line in lines if line.id not in found]
    by_amount: dict[int, list[Move]] = defaultdict(list)
    for move in free.values():
        by_amount[move.amount].append(move)
    chosen = {line.id: _near(line, by_amount[line.amount], account) for line in left}
    wanted: dict[int, int] = defaultdict(int)
    for near in chosen.values():
        for move in near:
            wanted[move.sequence] += 1
    for line in left:
        near = chosen[line.id]
        if len(near) == 1 and wanted[near[0].sequence] == 1:
            found[line.id] = (near[0],)
    return found


def _by_code(lines: Sequence[StatementLine], free: dict[int, Move]) -> dict[UUID, tuple[Move, ...]]:
    """By M-Pesa's receipt or the bank's reference; takes what it finds out of `free`.

    One transfer may be several entries (savings and welfare): together they are the line.
    """
    by_code: dict[str, list[Move]] = defaultdict(list)
    for move in free.values():
        for code in move.codes:
            by_code[code].append(move)
    found: dict[UUID, tuple[Move, ...]] = {}
    for line in lines:
        named = [one for one in by_code.get(line.reference.upper(), ()) if one.sequence in free]
        same = [one for one in named if one.amount == line.amount]
        if named and sum(one.amount for one in named) == line.amount:
            found[line.id] = tuple(named)
        elif len(same) == 1:
            found[line.id] = (same[0],)
        for move in found.get(line.id, ()):
            del free[move.sequence]
    return found


def _near(line: StatementLine, same: Iterable[Move], account: str) -> list[Move]:
    """Those of the same amount within so many days; of M-Pesa, none with another code."""
    return [
        move
        for move in same
        if _distance(line, move) <= DAYS[account]
        and not (account == MPESA and move.codes and line.reference.upper() not in move.codes)
    ]


def _distance(line: StatementLine, move: Move) -> int:
    days = (move.booking_date, move.value_date)
    return min(abs((line.line_date - day).days) for day in days)


def candidates_of(line: StatementLine, moves: Iterable[Move], account: str) -> list[Move]:
    """The entries that a person may choose from, the nearest day first."""
    free = [move for move in moves if move.account == account and move.is_free]
    near = [
        move
        for move in free
        if move.amount == line.amount and _distance(line, move) <= max(DAYS.values())
    ]
    near.sort(key=lambda move: (_distance(line, move), move.sequence))
    return near[:MOST_CANDIDATES]
