"""verify-books: replays every group's books and names the first entry that does not hold.

Checks, entry by entry: the sequence has no gap, the postings sum to zero, each balance after
follows from the one before, and the hash is that of the previous hash and the entry's
canonical form. Then: the running balances are what the postings give, members' to their
account and loans' to theirs, the group's row carries the chain's end, every contribution
says the same as its entry, the totals of days and months are those of the postings, and the
rows beside the journal agree with it (ledger_rows_check.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import (
    GENESIS,
    MONEY_ACCOUNTS,
    AccountBalance,
    BankingGroup,
    Contribution,
    JournalEntry,
    LedgerTotal,
    Posting,
)
from app.runtime import Runtime
from app.services.ledger import ENTRY_COLUMNS, POSTING_COLUMNS, chain_hash
from app.services.ledger_rows_check import Books, first_wrong, read_rows
from app.services.ledger_totals import MONTH, TOTAL_COLUMNS, add_up

GROUPS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not hold in a group's books; `sequence` and `entry_id` name the first bad entry."""

    group_id: UUID
    sequence: int | None
    entry_id: UUID | None
    what: str

    def __str__(self) -> str:
        where = f"entry {self.sequence} ({self.entry_id})" if self.sequence else "the group"
        return f"group {self.group_id}, {where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was checked, and every group's first problem."""

    groups: int
    entries: int
    problems: Sequence[Problem]


async def verify_books(runtime: Runtime, group_id: UUID | None = None) -> Verified:
    """Replays the books of one group or of all."""
    groups = entries = 0
    problems: list[Problem] = []
    async for batch in _batches(runtime, group_id):
        async with runtime.db.snapshot() as session:
            for found, count in await _verify(session, batch):
                groups += 1
                entries += count
                problems.extend(found)
    return Verified(groups, entries, problems)


async def _batches(runtime: Runtime, group_id: UUID | None) -> AsyncIterator[list[UUID]]:
    if group_id is not None:
        yield [group_id]
        return
    last: UUID | None = None
    while True:
        statement = (
            select(col(BankingGroup.id)).order_by(col(BankingGroup.id)).limit(GROUPS_AT_ONCE)
        )
        if last is not None:
            statement = statement.where(col(BankingGroup.id) > last)
        async with runtime.db.reading() as session:
            batch = list((await session.execute(statement)).scalars())
        if not batch:
            return
        yield batch
        last = batch[-1]


async def _verify(session: AsyncSession, ids: Sequence[UUID]) -> list[tuple[list[Problem], int]]:
    groups = await session.execute(
        select(
            col(BankingGroup.id), col(BankingGroup.book_sequence), col(BankingGroup.chain_head)
        ).where(col(BankingGroup.id).in_(ids))
    )
    entries: dict[UUID, list[Any]] = defaultdict(list)
    for row in await session.execute(
        select(*(getattr(JournalEntry, name) for name in ENTRY_COLUMNS))
        .where(col(JournalEntry.group_id).in_(ids))
        .order_by(col(JournalEntry.group_id), col(JournalEntry.sequence))
    ):
        entries[row.group_id].append(row)
    postings: dict[tuple[UUID, int], list[Any]] = defaultdict(list)
    for row in await session.execute(
        select(*(getattr(Posting, name) for name in POSTING_COLUMNS))
        .where(col(Posting.group_id).in_(ids))
        .order_by(col(Posting.group_id), col(Posting.sequence), col(Posting.line))
    ):
        postings[row.group_id, row.sequence].append(row)
    kept: dict[UUID, dict[tuple[UUID, str], int]] = defaultdict(dict)
    for balance in (
        await session.execute(select(AccountBalance).where(col(AccountBalance.group_id).in_(ids)))
    ).scalars():
        kept[balance.group_id][balance.owner_id, balance.account] = balance.balance
    paid: dict[UUID, list[Any]] = defaultdict(list)
    for row in await session.execute(
        select(
            col(Contribution.group_id),
            col(Contribution.entry_id),
            col(Contribution.amount),
            col(Contribution.member_id),
        ).where(col(Contribution.group_id).in_(ids))
    ):
        paid[row.group_id].append(row)
    totals = await _totals(session, ids)
    beside = await read_rows(session, ids)
    found: list[tuple[list[Problem], int]] = []
    for group_id, sequence, head in groups:
        own = entries[group_id]
        lines = {key[1]: rows for key, rows in postings.items() if key[0] == group_id}
        books = Books(own, lines, kept[group_id], group_id, beside[group_id])
        otherwise = (
            _contributions(group_id, own, postings, paid[group_id])
            or _wrong_totals(group_id, own, postings, totals[group_id])
            or _beside(books)
        )
        problems = _replay(group_id, sequence, bytes(head), own, postings, kept[group_id])
        found.append((problems or otherwise, len(own)))
    return found


def _beside(books: Books) -> list[Problem]:
    """The first row beside the journal that says otherwise, if any."""
    wrong = first_wrong(books)
    if wrong is None:
        return []
    entry_id, what = wrong
    entry = books.by_id.get(entry_id) if entry_id is not None else None
    return [Problem(books.group_id, entry.sequence if entry else None, entry_id, what)]


async def _totals(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, dict[tuple[str, str, date], list[int]]]:
    """The kept totals of each group, by account, span and start."""
    found: dict[UUID, dict[tuple[str, str, date], list[int]]] = defaultdict(dict)
    for group_id, account, span, starts_on, *values in await session.execute(
        select(*(getattr(LedgerTotal, name) for name in TOTAL_COLUMNS)).where(
            col(LedgerTotal.group_id).in_(ids)
        )
    ):
        found[group_id][account, span, starts_on] = values
    return found


def _wrong_totals(
    group_id: UUID,
    entries: Sequence[Any],
    postings: dict[tuple[UUID, int], list[Any]],
    kept: dict[tuple[str, str, date], list[int]],
) -> list[Problem]:
    """The first account and time whose kept total is not what the postings give, if any."""
    given = add_up(
        (line.account, entry.booking_date, entry.sequence, line.amount, line.subcategory)
        for entry in entries
        for line in postings.get((group_id, entry.sequence), [])
    )
    if given == kept:
        return []
    key = min(key for key in given.keys() | kept.keys() if given.get(key) != kept.get(key))
    account, span, day = key
    when = f"{day:%Y-%m}" if span == MONTH else day.isoformat()
    return [Problem(group_id, None, None, f"the total of {account} for {when} is not right")]


def _contributions(
    group_id: UUID,
    entries: Sequence[Any],
    postings: dict[tuple[UUID, int], list[Any]],
    paid: Sequence[Any],
) -> list[Problem]:
    """The first contribution that says another amount or member than its entry, if any.

    One that was held first stands on the entry that placed it.
    """
    wanted = ("CONTRIBUTION", "PLACEMENT")
    found = {entry.id: entry for entry in entries if entry.kind in wanted}
    for row in paid:
        entry = found.pop(row.entry_id, None)
        lines = postings.get((group_id, entry.sequence), []) if entry else []
        credits = [(line.amount, line.member_id) for line in lines if line.amount < 0]
        if credits != [(-row.amount, row.member_id)]:
            sequence = entry.sequence if entry else None
            return [Problem(group_id, sequence, row.entry_id, "its contribution says otherwise")]
    for entry in found.values():
        if entry.kind == "CONTRIBUTION":
            return [Problem(group_id, entry.sequence, entry.id, "its contribution is missing")]
    return []


def _replay(
    group_id: UUID,
    sequence: int,
    head: bytes,
    entries: Sequence[Any],
    postings: dict[tuple[UUID, int], list[Any]],
    kept: dict[tuple[UUID, str], int],
) -> list[Problem]:
    """The group's first problem, if any."""
    chain = GENESIS
    balances: dict[tuple[UUID, str], int] = defaultdict(int)
    expected = 0
    for entry in entries:
        expected += 1
        lines = postings.pop((group_id, entry.sequence), [])
        what = _wrong_with(entry, lines, expected, chain, balances)
        if what:
            return [Problem(group_id, entry.sequence, entry.id, what)]
        chain = bytes(entry.hash)
    stray = sorted(number for owner, number in postings if owner == group_id)
    if stray:
        return [Problem(group_id, stray[0], None, "postings without an entry")]
    if expected != sequence or chain != head:
        return [Problem(group_id, None, None, "the group's row does not carry the chain's end")]
    moved = {key: cents for key, cents in balances.items() if cents or key in kept}
    if moved != {key: cents for key, cents in kept.items() if cents or key in moved}:
        return [Problem(group_id, None, None, "the running balances differ from the postings")]
    return []


def _wrong_with(
    entry: Any,
    lines: Sequence[Any],
    expected: int,
    chain: bytes,
    balances: dict[tuple[UUID, str], int],
) -> str | None:
    if entry.sequence != expected:
        return f"number {expected} is missing"
    if len(lines) < 2 or sum(line.amount for line in lines) != 0:
        return "its postings do not sum to zero"
    for line in lines:
        group_key = (line.group_id, line.account)
        balances[group_key] += line.amount
        if line.account not in MONEY_ACCOUNTS and (line.loan_id or line.member_id):
            balances[line.loan_id or line.member_id, line.account] += line.amount
        if line.balance_after != balances[group_key]:
            return f"the balance of {line.account} after it does not follow"
    if chain_hash(chain, tuple(entry)[:-1], [tuple(line) for line in lines]) != bytes(entry.hash):
        return "its hash does not match: it or its postings were changed"
    return None
