"""Reading which documents there are: of a member, of a group, or of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group, load_meeting, load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput
from app.models import Document
from app.paging import Page, check_first, cut, decode_cursor, instant
from app.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Whose:
    """Exactly one of the three; a group's are those of its members and meetings too."""

    group_id: UUID | None = None
    member_id: UUID | None = None
    meeting_id: UUID | None = None


async def list_documents(
    runtime: Runtime, actor: Actor, whose: Whose, kind: str | None, *, first: int, after: str | None
) -> Page[Document]:
    """A page of documents, the newest first; NotFound outside the actor's reach."""
    demand(actor, "members:read")
    check_first(first)
    key = decode_cursor(after, instant, UUID)
    place = tuple_(col(Document.created_at), col(Document.id))
    async with runtime.db.snapshot() as session:
        wanted = await _wanted(session, actor, whose)
        if kind is not None:
            wanted = (*wanted, col(Document.kind) == kind)
        statement = select(Document).where(*wanted)
        if key:
            statement = statement.where(place < tuple_(*key))
        rows = await session.execute(
            statement.order_by(col(Document.created_at).desc(), col(Document.id).desc()).limit(
                first + 1
            )
        )
        found = list(rows.scalars())

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(Document).where(*wanted)
            return int((await counting.execute(total)).scalar_one())

    return cut(found, first, lambda row: (row.created_at.isoformat(), row.id), count)


async def _wanted(
    session: AsyncSession, actor: Actor, whose: Whose
) -> tuple[ColumnElement[bool], ...]:
    if [whose.group_id, whose.member_id, whose.meeting_id].count(None) != 2:
        raise BadInput("Name one: a group, a member or a meeting.", field="groupId")
    if whose.member_id is not None:
        member = await load_member(session, actor, whose.member_id)
        return (col(Document.member_id) == member.id,)
    if whose.meeting_id is not None:
        meeting = await load_meeting(session, actor, whose.meeting_id)
        return (
            col(Document.group_id) == meeting.group_id,
            col(Document.meeting_id) == meeting.id,
        )
    if whose.group_id is None:
        raise AssertionError("one of three is there")
    group = await load_group(session, actor, whose.group_id)
    return (col(Document.group_id) == group.id,)
