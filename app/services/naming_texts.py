"""Texts in a group that name a member although they are about something else.

Erasure takes away what is tied to the person; of words that somebody wrote about anything else
a machine cannot say which Jane they mean. So a person looks at what the search finds while the
name is still known, and says which to redact.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Select, cast, func, literal, null, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from app.auth.access import load_member, lock_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import NotFound, RuleBroken
from app.models import (
    Approval,
    FineCharge,
    Loan,
    Meeting,
    Member,
    Movement,
    Reconciliation,
    ReviewItem,
    Signature,
    WelfareRequest,
)
from app.models.base import UtcDateTime
from app.runtime import Runtime
from app.services import audit

MOST_LISTED = 200
SHORTEST_WORD = 3
"""Shorter parts of a name are in too many texts to mean anybody."""
INSTEAD = "[…]"
"""No longer than the shortest word, so that no text outgrows its column."""


class TextKind(enum.StrEnum):
    MOVEMENT = "MOVEMENT"
    LOAN = "LOAN"
    WELFARE = "WELFARE"
    FINE = "FINE"
    APPROVAL = "APPROVAL"
    REVIEW = "REVIEW"
    DISPUTE = "DISPUTE"
    MONTH = "MONTH"
    MEETING = "MEETING"


TEXTS: dict[TextKind, tuple[type[SQLModel], str, tuple[str, ...]]] = {
    TextKind.MOVEMENT: (Movement, "movement_date", ("description",)),
    TextKind.LOAN: (Loan, "application_date", ("purpose", "rejected_reason", "write_off_reason")),
    TextKind.WELFARE: (WelfareRequest, "requested_on", ("reason", "rejected_reason")),
    TextKind.FINE: (FineCharge, "charged_on", ("note",)),
    TextKind.APPROVAL: (Approval, "decided_at", ("notes",)),
    TextKind.REVIEW: (ReviewItem, "decided_at", ("decision_note",)),
    TextKind.DISPUTE: (Signature, "disputed_at", ("dispute_note",)),
    TextKind.MONTH: (Reconciliation, "signed_at", ("note", "reopen_reason")),
    TextKind.MEETING: (Meeting, "meeting_date", ("venue", "variance_note", "resolutions")),
}
"""Of each kind: its model, the day or the instant that says which one it is, its texts."""
SIGNED = TextKind.MEETING
"""Its words stand in the minutes' form, which is hashed and signed: they cannot be changed."""


@dataclass(frozen=True, slots=True)
class NamingText:
    """A text that has the name, or a part of it, as a whole word."""

    kind: TextKind
    id: UUID
    field: str
    text: str
    day: date | None
    """By which people find the record."""

    @property
    def can_redact(self) -> bool:
        return self.kind is not SIGNED


async def texts_naming(
    session: AsyncSession, actor: Actor, member_id: UUID, zone: ZoneInfo
) -> list[NamingText]:
    """At most MOST_LISTED texts of the member's group, by one statement. What is tied to the
    member is not among them: erasure clears it. MEMBER_ERASED where the name is gone already."""
    demand(actor, "privacy:manage")
    member = await load_member(session, actor, member_id)
    words, whole = _name_of(member)
    if not words:
        return []
    parts = [
        _holding(kind, name, member, words)
        for kind, (_model, _when, names) in TEXTS.items()
        for name in names
    ]
    rows = await session.execute(union_all(*parts))
    found = [
        NamingText(TextKind(kind), row_id, field, text, day or _day_of(at, zone))
        for kind, row_id, field, text, day, at in rows
        if whole.search(text)
    ]
    return sorted(found, key=lambda one: (one.kind, one.id, one.field))[:MOST_LISTED]


async def redact_text(
    runtime: Runtime, actor: Actor, member_id: UUID, kind: TextKind, row_id: UUID
) -> int:
    """Puts "[…]" where the texts of this row have the member's name; how many changed.

    NOT_FOUND for no such row of the member's group, TEXT_SIGNED for minutes, NOT_NAMED where
    the name is in none of them. The audit log holds ids alone.
    """
    demand(actor, "privacy:manage")
    if kind is SIGNED:
        raise RuleBroken(
            "Minutes are signed as they are; their words cannot be changed.",
            code="TEXT_SIGNED",
            field="kind",
        )

    async def work(session: AsyncSession) -> int:
        known = await load_member(session, actor, member_id)
        group = await lock_group(session, actor, known.group_id)
        await session.refresh(known)
        _words, whole = _name_of(known)
        model, _when, names = TEXTS[kind]
        row: Any = await session.get(model, row_id)
        if row is None or row.group_id != group.id:
            raise NotFound("There is no such text in this group.", field="id")
        changed = [name for name in names if _redact(row, name, whole)]
        if not changed:
            raise RuleBroken("The name is not in it.", code="NOT_NAMED", field="id")
        if hasattr(row, "change_sequence"):
            group.change_sequence += 1
            row.change_sequence = group.change_sequence
        audit.record(
            session,
            "text.redacted",
            actor_id=actor.user_id,
            entity_id=row_id,
            group_id=group.id,
            kind=kind.value,
            member=member_id,
        )
        return len(changed)

    return await runtime.db.transact(work)


def _name_of(member: Member) -> tuple[list[str], re.Pattern[str]]:
    """The words of the name that are looked for, and the pattern of them standing together."""
    if member.erased_at is not None:
        raise RuleBroken("This member was erased.", code="MEMBER_ERASED", field="memberId")
    words = [word for word in member.member_name.split() if len(word) >= SHORTEST_WORD]
    one = "|".join(re.escape(word) for word in words) or r"(?!)"
    return words, re.compile(rf"\b(?:{one})(?:\s+(?:{one}))*\b", re.IGNORECASE)


def _day_of(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at else None


def _holding(kind: TextKind, name: str, member: Member, words: Sequence[str]) -> Select[Any]:
    model, when, _names = TEXTS[kind]
    table: Any = model
    text = getattr(table, name)
    moment = getattr(table, when)
    is_instant = when.endswith("_at")
    # Both cases as they are typed: SQLite folds ASCII letters only.
    has = [
        part
        for word in words
        for part in (
            func.lower(text).contains(word.lower(), autoescape=True),
            text.contains(word, autoescape=True),
        )
    ]
    found = select(
        literal(kind.value).label("kind"),
        table.id.label("id"),
        literal(name).label("field"),
        text.label("text"),
        (cast(null(), Date) if is_instant else moment).label("day"),
        (moment if is_instant else cast(null(), UtcDateTime)).label("at"),
    ).where(table.group_id == member.group_id, or_(*has))
    if hasattr(table, "member_id"):
        found = found.where(or_(table.member_id.is_(None), table.member_id != member.id))
    return found


def _redact(row: Any, name: str, whole: re.Pattern[str]) -> bool:
    text = getattr(row, name)
    if not text or not whole.search(text):
        return False
    setattr(row, name, whole.sub(INSTEAD, text))
    return True
