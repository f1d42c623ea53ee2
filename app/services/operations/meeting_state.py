"""What the rules of meetings read: open meetings, attendance, the money moved at a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, NotFound
from app.models import (
    Attendance,
    ChargePayment,
    JournalEntry,
    Meeting,
    MeetingEntry,
    MeetingStatus,
    Member,
    Posting,
)
from app.runtime import Runtime
from app.services.operations.charges import Charges
from app.services.operations.members import MEMBER_COLUMNS
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Operation

OPEN = MeetingStatus.OPEN.value
CLOSED = MeetingStatus.CLOSED.value
CONFIRMED = MeetingStatus.CONFIRMED.value
GROUP_OF_MEMBER = MEMBER_COLUMNS.index("group_id")


class MeetingLine(NamedTuple):
    """A posting of an entry that was made at a meeting; signed cents."""

    entry_id: UUID
    kind: str
    reverses_id: UUID | None
    account: str
    amount: int
    subcategory: str | None
    member_id: UUID | None


@dataclass(slots=True)
class NamedMeetings:
    """What a kind's `gather` asks for."""

    opening: set[UUID] = field(default_factory=set)
    """Groups in which a meeting is opened."""
    attended: set[UUID] = field(default_factory=set)
    """Meetings whose attendance is wanted."""
    closing: set[UUID] = field(default_factory=set)
    """Meetings whose money is wanted."""


@dataclass(slots=True)
class Meetings:
    """The meetings' own part of the state."""

    open: dict[UUID, list[Meeting]] = field(default_factory=dict)
    """By group; some may have been closed since by an earlier operation of the list."""
    attendance: dict[UUID, dict[UUID, Attendance]] = field(default_factory=dict)
    """By meeting and member."""
    active: dict[UUID, int] = field(default_factory=dict)
    """Active members by group, without those of this list."""
    lines: dict[UUID, list[MeetingLine]] = field(default_factory=dict)
    """By meeting, without those of this list."""


async def load_meetings(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """At most five statements, however many meetings are named."""
    wanted = named.section(NamedMeetings)
    found = state.section(Meetings)
    known = [row for row in state.subjects.values() if isinstance(row, Meeting)]
    await _load_open(session, state, found, wanted.opening & state.books.keys())
    ids = [row.id for row in known if row.id in wanted.attended | wanted.closing]
    if ids:
        rows = await session.execute(select(Attendance).where(col(Attendance.meeting_id).in_(ids)))
        for row in rows.scalars():
            session.expunge(row)
            found.attendance.setdefault(row.meeting_id, {})[row.member_id] = row
    groups = {row.group_id for row in known if row.id in wanted.closing}
    await _count_members(session, found, groups | (wanted.opening & state.books.keys()))
    await _load_lines(session, state, found, [row.id for row in known if row.id in wanted.closing])


async def _load_open(
    session: AsyncSession, state: State, found: Meetings, groups: Iterable[UUID]
) -> None:
    ids = list(groups)
    if not ids:
        return
    rows = await session.execute(
        select(Meeting).where(col(Meeting.group_id).in_(ids), col(Meeting.status) == OPEN)
    )
    for row in rows.scalars():
        # The one that is named already is the one that the rules change.
        same = state.subject(Meeting, row.id)
        if same is None:
            session.expunge(row)
            same = state.subjects[row.id] = row
        found.open.setdefault(row.group_id, []).append(same)


async def _count_members(session: AsyncSession, found: Meetings, groups: Iterable[UUID]) -> None:
    ids = list(groups)
    if not ids:
        return
    rows = await session.execute(
        select(col(Member.group_id), func.count())
        .where(
            col(Member.group_id).in_(ids),
            col(Member.is_active).is_(True),
            col(Member.erased_at).is_(None),
        )
        .group_by(col(Member.group_id))
    )
    found.active.update((group_id, number) for group_id, number in rows)


async def _load_lines(
    session: AsyncSession, state: State, found: Meetings, ids: list[UUID]
) -> None:
    """The postings made at the meetings, and what the fines among them have paid."""
    if not ids:
        return
    rows = await session.execute(
        select(
            col(MeetingEntry.meeting_id),
            col(JournalEntry.id),
            col(JournalEntry.kind),
            col(JournalEntry.reverses_id),
            col(Posting.account),
            col(Posting.amount),
            col(Posting.subcategory),
            col(Posting.member_id),
        )
        .join(JournalEntry, col(JournalEntry.id) == col(MeetingEntry.entry_id))
        .join(
            Posting,
            (col(Posting.group_id) == col(JournalEntry.group_id))
            & (col(Posting.sequence) == col(JournalEntry.sequence)),
        )
        .where(col(MeetingEntry.meeting_id).in_(ids))
        .order_by(col(Posting.group_id), col(Posting.sequence), col(Posting.line))
    )
    for row in rows:
        found.lines.setdefault(row[0], []).append(MeetingLine(*row[1:]))
    payments = state.section(Charges).payments
    paid = await session.execute(
        select(ChargePayment)
        .join(MeetingEntry, col(MeetingEntry.entry_id) == col(ChargePayment.entry_id))
        .where(col(MeetingEntry.meeting_id).in_(ids))
    )
    for payment in paid.scalars():
        session.expunge(payment)
        payments.setdefault((payment.entry_id, payment.charge_id), payment)


def find_meeting(
    state: State, operation: Operation, meeting_id: UUID
) -> tuple[Meeting | None, DomainError | None]:
    """The meeting, where the actor runs meetings of its group: now, or for what a phone sends
    at the time; otherwise why there is none."""
    meeting = state.subject(Meeting, meeting_id)
    if meeting is not None:
        serves = state.ever_served if operation.synced else state.may_write
        if serves(operation.actor, meeting.group_id):
            return meeting, None
    return None, unknown_meeting(operation)


def unknown_meeting(operation: Operation) -> DomainError:
    code = "UNKNOWN_MEETING" if operation.synced else "NOT_FOUND"
    return NotFound("There is no such meeting.", code=code, field="meetingId")


def attendance_of(state: State, meeting_id: UUID) -> dict[UUID, Attendance]:
    return state.section(Meetings).attendance.setdefault(meeting_id, {})


def active_members(state: State, group_id: UUID) -> int:
    """How many active members the group has, those registered in this list included."""
    registered = sum(1 for row in state.rows.members if row[GROUP_OF_MEMBER] == group_id)
    return state.section(Meetings).active.get(group_id, 0) + registered


def lines_of_meeting(state: State, meeting: Meeting) -> list[MeetingLine]:
    """Every posting made at the meeting: those in the books, and those of this list."""
    lines = list(state.section(Meetings).lines.get(meeting.id, ()))
    made = {
        row.entry_id
        for row in state.rows.added.values()
        if isinstance(row, MeetingEntry) and row.meeting_id == meeting.id
    }
    if not made:
        return lines
    book = state.books[meeting.group_id]
    # In the column orders of services/ledger.py.
    entries = {entry[2]: entry for entry in book.entries if entry[0] in made}
    for _, sequence, _, account, amount, _, _, subcategory, member_id, _ in book.postings:
        entry = entries.get(sequence)
        if entry is not None:
            lines.append(
                MeetingLine(entry[0], entry[5], entry[7], account, amount, subcategory, member_id)
            )
    return lines
