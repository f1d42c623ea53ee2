"""Totals of each account by day and by month, so that reports need not add up every posting.

They are written with the postings, in the same transaction and under the group's lock, and
verify-books compares them with the postings. A report adds whole months, and days at both ends:
its cost depends on the time it covers, not on how much happened in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Subquery, select, union_all
from sqlmodel import col

from app.models import LedgerTotal
from app.services.ledger import GroupBook

DAY, MONTH = "D", "M"
BANKING = "banking"
"""The subcategory of moves between the group's own money accounts."""
TOTAL_KEY = ("group_id", "account", "span", "starts_on")
ADDED = ("lines", "debits", "credits", "banked_in", "banked_out")
TOTAL_COLUMNS = (*TOTAL_KEY, *ADDED, "first_sequence", "last_sequence")
TOTAL_CHANGES = {
    **{name: f"ledger_total.{name} + excluded.{name}" for name in ADDED},
    # Sequences only grow, so the first one stays.
    "last_sequence": "excluded.last_sequence",
}
"""What becomes of a row that exists when a new one is added to it."""
FAR = date(9999, 1, 1)
ONE_DAY = timedelta(days=1)


class Piece(NamedTuple):
    """Rows of one span that start from `first` to `last`, both included; None is open."""

    span: str
    first: date | None
    last: date | None


def covering(since: date | None, until: date | None) -> list[Piece]:
    """The months and days that make up a period (both ends included), each day once."""
    if since == date.min:
        since = None
    if since is not None and since >= FAR:
        return [Piece(DAY, since, until)]
    if until is not None and until >= FAR:
        until = None
    begin = None if since is None else _next_month(since - ONE_DAY)
    end = None if until is None else (until + ONE_DAY).replace(day=1)
    if begin is not None and end is not None and begin >= end:
        return [Piece(DAY, since, until)]
    pieces = [Piece(MONTH, begin, None if end is None else end - ONE_DAY)]
    if since is not None and begin is not None and since < begin:
        pieces.append(Piece(DAY, since, begin - ONE_DAY))
    if until is not None and end is not None and end <= until:
        pieces.append(Piece(DAY, end, until))
    return pieces


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def totals_of(
    group_id: UUID, accounts: Iterable[str] | None, since: date | None, until: date | None
) -> Subquery:
    """The rows that add up to the period, of some accounts or of all (None)."""
    parts = []
    for span, first, last in covering(since, until):
        part = select(LedgerTotal).where(
            col(LedgerTotal.group_id) == group_id, col(LedgerTotal.span) == span
        )
        if accounts is not None:
            part = part.where(col(LedgerTotal.account).in_(sorted(accounts)))
        if first is not None:
            part = part.where(col(LedgerTotal.starts_on) >= first)
        if last is not None:
            part = part.where(col(LedgerTotal.starts_on) <= last)
        parts.append(part)
    return union_all(*parts).subquery()


def total_rows(books: Iterable[GroupBook]) -> list[tuple[Any, ...]]:
    """What the new postings of the books add, in the order of TOTAL_COLUMNS."""
    return [
        (book.group_id, *key, *values)
        for book in books
        if book.postings
        for key, values in add_up(_moves(book)).items()
    ]


def _moves(book: GroupBook) -> Iterator[tuple[str, date, int, int, str | None]]:
    booked = {entry[2]: entry[3] for entry in book.entries}
    for posting in book.postings:
        yield posting[3], booked[posting[1]], posting[1], posting[4], posting[7]


def add_up(
    moves: Iterable[tuple[str, date, int, int, str | None]],
) -> dict[tuple[str, str, date], list[int]]:
    """Totals by (account, span, start) of (account, booking date, sequence, cents, subcategory),
    which come in the order of their sequences."""
    days: dict[tuple[str, date], list[int]] = {}
    for account, day, sequence, amount, subcategory in moves:
        total = days.get((account, day))
        if total is None:
            total = days[account, day] = [0, 0, 0, 0, 0, sequence, sequence]
        total[0] += 1
        incoming = amount > 0
        total[1 if incoming else 2] += abs(amount)
        if subcategory == BANKING:
            total[3 if incoming else 4] += abs(amount)
        total[6] = sequence
    found: dict[tuple[str, str, date], list[int]] = {}
    for (account, day), total in days.items():
        found[account, DAY, day] = total
        month = found.setdefault((account, MONTH, day.replace(day=1)), [0] * 5 + total[5:])
        for place in range(5):
            month[place] += total[place]
        month[5:] = [min(month[5], total[5]), max(month[6], total[6])]
    return found
