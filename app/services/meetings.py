"""Reading meetings, and the single mutations on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group, reach, scope
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, NotFound
from app.models import BankingGroup, JournalEntry, Meeting, MeetingEntry, Posting
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime
from app.services.cash_ledger import LedgerLine, as_line, money_lines
from app.services.operations import meeting_bodies as bodies
from app.services.operations.parse import offline_sync_id
from app.services.operations.sheets import fold, read_sheet, unfold
from app.services.operations.single import carry_out
from app.services.operations.types import Body, Operation, Outcome
from app.services.sync import apply_units

Values = Mapping[str, Any]


async def open_meeting(runtime: Runtime, actor: Actor, values: Values) -> Meeting:
    demand(actor, "meetings:run")
    return await _carry_out(runtime, actor, bodies.read_opening, values)


async def record_attendance(runtime: Runtime, actor: Actor, values: Values) -> Meeting:
    demand(actor, "meetings:run")
    return await _carry_out(runtime, actor, bodies.read_attendance, values)


async def close_meeting(runtime: Runtime, actor: Actor, values: Values) -> Meeting:
    demand(actor, "meetings:run")
    return await _carry_out(runtime, actor, bodies.read_closing, values)


async def confirm_meeting(runtime: Runtime, actor: Actor, values: Values) -> Meeting:
    demand(actor, "meetings:confirm")
    return await _carry_out(runtime, actor, bodies.read_confirmation, values)


async def _carry_out(
    runtime: Runtime, actor: Actor, read: Callable[[Values], Body], values: Values
) -> Meeting:
    """The meeting as it is after the operation, which may have been carried out before."""
    outcome = await carry_out(runtime, Operation(actor, read(values), offline_sync_id(values)))
    async with runtime.db.reading() as session:
        found = await find_meeting(session, actor, outcome.entity_id)
    if found is None:
        raise NotFound("There is no such meeting.", field="meetingId")
    return found


async def submit_sheet(runtime: Runtime, actor: Actor, values: Values) -> tuple[Outcome, Meeting]:
    """What became of the sheet and its lines, and the meeting it belongs to."""
    demand(actor, "transactions:create")
    operation = Operation(actor, read_sheet(values), offline_sync_id(values))
    async with runtime.db.reading() as session:
        meeting = await find_meeting(session, actor, values["meeting_id"])
    if meeting is None:
        raise NotFound("There is no such meeting.", field="meetingId")
    (outcomes,) = await apply_units(runtime, [unfold(operation)])
    return fold(operation, outcomes), meeting


async def find_meeting(
    session: AsyncSession, actor: Actor, meeting_id: UUID | None
) -> Meeting | None:
    """The meeting, or None where the actor may not see one."""
    demand(actor, "meetings:read")
    rows = await session.execute(_selected([reach(actor), col(Meeting.id) == meeting_id]))
    found: Meeting | None = rows.scalar_one_or_none()
    return found


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which meetings; None: all. The days are included."""

    group_id: UUID | None = None
    group_ids: Sequence[UUID] | None = None
    county: str | None = None
    officer_id: UUID | None = None
    """Who opened them."""
    status: str | None = None
    since: date | None = None
    until: date | None = None


def _conditions(chosen: Chosen) -> list[ColumnElement[bool]]:
    equal = (
        (col(Meeting.group_id), chosen.group_id),
        (col(BankingGroup.county), chosen.county),
        (col(Meeting.opened_by), chosen.officer_id),
        (col(Meeting.status), chosen.status),
    )
    wanted: list[ColumnElement[bool]] = [
        column == value for column, value in equal if value is not None
    ]
    if chosen.since is not None:
        wanted.append(col(Meeting.meeting_date) >= chosen.since)
    if chosen.until is not None:
        wanted.append(col(Meeting.meeting_date) <= chosen.until)
    return wanted


async def list_meetings(
    runtime: Runtime,
    actor: Actor,
    *,
    chosen: Chosen,
    first: int,
    after: str | None,
) -> Page[Meeting]:
    """A page of meetings, the newest date first."""
    demand(actor, "meetings:read")
    check_first(first)
    if chosen.since and chosen.until and chosen.since > chosen.until:
        raise BadInput("The period ends before it begins.", field="to")
    conditions = [reach(actor), *_conditions(chosen)]
    key = decode_cursor(after, date.fromisoformat, UUID)
    later = []
    if key:
        day, last = key
        same = (col(Meeting.meeting_date) == day) & (col(Meeting.id) < last)
        later.append(or_(col(Meeting.meeting_date) < day, same))
    order = (col(Meeting.meeting_date).desc(), col(Meeting.id).desc())
    async with runtime.db.reading() as session:
        if chosen.group_id is not None:
            await load_group(session, actor, chosen.group_id)
        if chosen.group_ids is not None:
            named = await scope(session, actor, chosen.group_ids, None)
            conditions.append(col(BankingGroup.id).in_(named))
        statement = _selected([*conditions, *later]).order_by(*order).limit(first + 1)
        found = await session.execute(statement)
        rows = found.scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(_selected(conditions).subquery())
            return int((await counting.execute(total)).scalar_one())

    return cut(rows, first, lambda row: (row.meeting_date.isoformat(), row.id), count)


def _selected(conditions: list[ColumnElement[bool]]) -> Any:
    return (
        select(Meeting)
        .join(BankingGroup, col(BankingGroup.id) == col(Meeting.group_id))
        .where(*conditions)
    )


async def meeting_ledger(
    runtime: Runtime, actor: Actor, meeting_id: UUID, *, first: int, after: str | None
) -> Page[LedgerLine]:
    """A page of the cash ledger's lines that were made at the meeting, in recording order."""
    check_first(first)
    key = decode_cursor(after, int, int)
    statement = (
        money_lines()
        .join(MeetingEntry, col(MeetingEntry.entry_id) == col(JournalEntry.id))
        .where(col(MeetingEntry.meeting_id) == meeting_id)
    )
    page = statement.order_by(col(Posting.sequence), col(Posting.line)).limit(first + 1)
    if key:
        page = page.where(tuple_(col(Posting.sequence), col(Posting.line)) > key)
    async with runtime.db.reading() as session:
        if await find_meeting(session, actor, meeting_id) is None:
            raise NotFound("There is no such meeting.", field="meetingId")
        rows = [as_line(row) for row in await session.execute(page)]

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(statement.subquery())
            return int((await counting.execute(total)).scalar_one())

    return cut(rows, first, lambda line: (line.sequence, line.line), count)
