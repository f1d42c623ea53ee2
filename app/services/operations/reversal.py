"""Reversing an entry: a mistake is mended by an entry that names it (design.md, Money and books).

Each kind of entry that can be reversed says in undoings.py how its noun's rows follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, NotFound, RuleBroken
from app.models import (
    MONEY_ACCOUNTS,
    Account,
    JournalEntry,
    Meeting,
    MeetingEntry,
    MeetingStatus,
    Movement,
    MovementKind,
    Posting,
)
from app.models.base import new_id
from app.runtime import Runtime
from app.services.ledger import Line
from app.services.operations import parse
from app.services.operations.charges import load_charges
from app.services.operations.kind import Kind, Values
from app.services.operations.money import link_to_meeting
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected
from app.services.operations.undoing import Reversals, Reversing
from app.services.operations.undoings import UNDO

NEVER_NEGATIVE = {
    Account.MEMBER_SAVINGS.value: ("NOT_ENOUGH_SAVINGS", "The savings have been used since."),
    Account.DIVIDENDS_PAYABLE.value: ("NOT_ENOUGH_DIVIDENDS", "The dividend was paid out."),
}
"""Personal accounts that a reversal must not bring below nothing."""


@dataclass(frozen=True, slots=True)
class ReverseEntry(Body):
    """Reverses one entry of the books, for a reason in words."""

    kind = "reverseEntry"

    entry_id: UUID
    reason: str


def read_reversal(values: Values) -> ReverseEntry:
    return ReverseEntry(
        entry_id=values["entry_id"], reason=parse.clean_text(values["reason"], "reason", 500)
    )


def gather_reversal(named: Named, operation: Operation, body: ReverseEntry) -> None:
    named.subject(JournalEntry, body.entry_id)


async def load_reversals(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """The entries' postings, whether they are reversed, and what their nouns need."""
    wanted = named.subjects.get(JournalEntry, set())
    entries = [row for row in state.subjects.values() if isinstance(row, JournalEntry)]
    entries = [entry for entry in entries if entry.id in wanted]
    if not entries:
        return
    found = state.section(Reversals)
    rows = await session.execute(
        select(col(JournalEntry.reverses_id)).where(col(JournalEntry.reverses_id).in_(wanted))
    )
    found.reversed.update(row for row in rows.scalars() if row is not None)
    postings = await session.execute(
        select(Posting)
        .join(
            JournalEntry,
            (col(JournalEntry.group_id) == col(Posting.group_id))
            & (col(JournalEntry.sequence) == col(Posting.sequence)),
        )
        .where(col(JournalEntry.id).in_(wanted))
        .order_by(col(Posting.group_id), col(Posting.sequence), col(Posting.line))
    )
    for posting in postings.scalars():
        found.postings.setdefault((posting.group_id, posting.sequence), []).append(posting)
        named.members.update([posting.member_id] if posting.member_id else [])
        named.owners.update([posting.loan_id] if posting.loan_id else [])
    await _load_open_meetings(session, state, found, wanted)
    for kind, undoing in UNDO.items():
        own = [entry for entry in entries if entry.kind == kind]
        if own and undoing.load is not None:
            await undoing.load(runtime, session, named, state, own)


async def _load_open_meetings(
    session: AsyncSession, state: State, found: Reversals, wanted: set[UUID]
) -> None:
    """A mistake that is mended while the meeting lasts is mended at the meeting."""
    rows = await session.execute(
        select(col(MeetingEntry.entry_id), Meeting)
        .join(Meeting, col(Meeting.id) == col(MeetingEntry.meeting_id))
        .where(
            col(MeetingEntry.entry_id).in_(wanted),
            col(Meeting.status) == MeetingStatus.OPEN.value,
        )
    )
    for entry_id, meeting in rows.all():
        found.meetings[entry_id] = meeting.id
        if meeting.id not in state.subjects:
            session.expunge(meeting)
            state.subjects[meeting.id] = meeting


def reverse_entry(state: State, operation: Operation, body: ReverseEntry) -> Outcome:
    """Posts the entry's lines the other way round, today, and brings its noun's rows back."""
    entry = state.subject(JournalEntry, body.entry_id)
    if entry is None or not state.may_write(operation.actor, entry.group_id):
        return rejected(NotFound("There is no such entry.", field="entryId"))
    found = state.section(Reversals)
    if entry.id in found.reversed:
        return rejected(
            RuleBroken("It is reversed already.", code="ALREADY_REVERSED", field="entryId")
        )
    undoing = UNDO.get(entry.kind)
    if undoing is None:
        return rejected(
            RuleBroken(
                "An entry of this kind is not reversed by itself.",
                code="NOT_REVERSIBLE",
                field="entryId",
            )
        )
    postings = found.postings[entry.group_id, entry.sequence]
    error = shortage(state, entry.group_id, postings)
    if error is not None:
        return rejected(error)
    reversal_id = new_id()
    error = undoing.undo(state, operation, Reversing(entry, postings, reversal_id))
    if error is not None:
        return rejected(error)
    post_reversal(state, operation, entry, postings, reversal_id, body.reason)
    return Outcome(
        APPLIED,
        reversal_id,
        entity=reversal_id,
        group_id=entry.group_id,
        detail={"reverses": entry.id, "kind": entry.kind},
    )


def post_reversal(
    state: State,
    operation: Operation,
    entry: JournalEntry,
    postings: Sequence[Posting],
    reversal_id: UUID,
    reason: str,
) -> None:
    """The reversing entry, dated today, and the reason in words beside it."""
    lines = [
        Line(row.account, -row.amount, row.subcategory, row.member_id, row.loan_id)
        for row in postings
    ]
    state.post(
        operation,
        entry.group_id,
        "REVERSAL",
        entry.reference,
        lines,
        reverses=entry.id,
        entry_id=reversal_id,
    )
    found = state.section(Reversals)
    found.reversed.add(entry.id)
    link_to_meeting(state, entry.group_id, found.meetings.get(entry.id), reversal_id)
    money = [row for row in postings if row.account in MONEY_ACCOUNTS]
    state.make(
        Movement(
            group_id=entry.group_id,
            entry_id=reversal_id,
            kind=MovementKind.REVERSAL.value,
            amount=abs(sum(row.amount for row in money)),
            account=money[0].account if money else "",
            member_id=next((row.member_id for row in postings if row.member_id), None),
            movement_date=state.today,
            description=reason,
            receipt_number=entry.reference[:20],
            recorded_by=operation.actor.user_id,
            recorded_at=state.now,
            change_sequence=state.books[entry.group_id].next_change(),
        )
    )


def shortage(state: State, group_id: UUID, postings: Sequence[Posting]) -> DomainError | None:
    """Against a reversal that takes out more than is there: money, savings, dividends."""
    book = state.books[group_id]
    after: dict[str, int] = {}
    owned: dict[tuple[UUID, str], int] = {}
    for row in postings:
        after[row.account] = after.get(row.account, 0) - row.amount
        if row.member_id is not None and row.account in NEVER_NEGATIVE:
            key = (row.member_id, row.account)
            owned[key] = owned.get(key, 0) - row.amount
    for account in MONEY_ACCOUNTS & after.keys():
        if after[account] < 0 and book.balances.get(account, 0) + after[account] < 0:
            return RuleBroken(
                "The group does not have this much money there.", code="NOT_ENOUGH_MONEY"
            )
    for key, change in owned.items():
        if change > 0 and book.owned.get(key, 0) + change > 0:
            code, words = NEVER_NEGATIVE[key[1]]
            return RuleBroken(words, code=code)
    return None


KINDS = (
    Kind(
        body=ReverseEntry,
        verb="books:correct",
        parse=read_reversal,
        gather=gather_reversal,
        judge=reverse_entry,
        audit="entry.reversed",
        loaders=(load_reversals, load_charges),
        synced=False,
    ),
)
