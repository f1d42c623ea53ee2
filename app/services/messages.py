"""Messages to people outside: written once for each cause, sealed, listed, sent by workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import crypto
from app.auth.access import load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.bulk import insert_rows
from app.db import UniqueClash, is_unique_violation
from app.models import Member, Message, MessageState, MessageTemplate, OutboxMessage, User
from app.models.base import new_id
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime
from app.services.dead_letters import VERB
from app.services.member_privacy import place
from app.services.message_texts import LANGUAGES, first_name, text_of
from app.services.outbox import ring

TOPIC = "message"
COLUMNS = (
    "id",
    "recipient_id",
    "member_id",
    "group_id",
    "template",
    "cause",
    "language",
    "sealed",
    "state",
    "failed_channels",
    "cost",
    "created_at",
)
OUTBOX_COLUMNS = (
    "id",
    "topic",
    "payload",
    "member_id",
    "created_at",
    "available_at",
    "attempts",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be: to whom, why (ids alone), and what its words are filled with."""

    template: MessageTemplate
    cause: str
    recipient: Member | User
    group_id: UUID | None
    values: dict[str, Any] = field(repr=False)
    language: str

    @property
    def key(self) -> tuple[UUID, str, str]:
        return (self.recipient.id, self.template.value, self.cause)


def to_member(
    member: Member, template: MessageTemplate, cause: str, group: str, **values: Any
) -> Draft:
    """A message in the member's language, with their first name and the group's name in it."""
    filled = {"name": first_name(member.member_name), "group": group, **values}
    return Draft(template, cause, member, member.group_id, filled, member.language)


def wants_messages() -> ColumnElement[bool]:
    """Members who may be written to: not erased, still in the group, and not unwilling."""
    return (
        col(Member.wrapped_key).is_not(None)
        & col(Member.is_active)
        & col(Member.messages_off_at).is_(None)
    )


async def write(
    runtime: Runtime, session: AsyncSession, drafts: Sequence[Draft], now: datetime
) -> int:
    """Writes what was not written for the same cause before, and its rows in the outbox; how
    many. Two statements to insert, however many there are."""
    known = await _known(session, drafts)
    fresh = {draft.key: draft for draft in drafts if draft.key not in known}
    if not fresh:
        return 0
    shown = not runtime.settings.messages.channels
    state = MessageState.SHOWN if shown else MessageState.WAITING
    rows = [_row(runtime, draft, state.value, now) for draft in fresh.values()]
    try:
        await insert_rows(session, Message, COLUMNS, rows)
    except DBAPIError as error:
        if is_unique_violation(error):
            raise UniqueClash from error
        raise
    if not shown:
        waiting: list[tuple[Any, ...]] = [(row[0], TOPIC, {}, row[2], now, now, 0) for row in rows]
        await insert_rows(session, OutboxMessage, OUTBOX_COLUMNS, waiting)
        ring(runtime, session)
    return len(rows)


async def _known(session: AsyncSession, drafts: Sequence[Draft]) -> set[tuple[UUID, str, str]]:
    found = await session.execute(
        select(col(Message.recipient_id), col(Message.template), col(Message.cause)).where(
            col(Message.recipient_id).in_({draft.recipient.id for draft in drafts}),
            col(Message.cause).in_({draft.cause for draft in drafts}),
        )
    )
    return {(row[0], row[1], row[2]) for row in found}


def _row(runtime: Runtime, draft: Draft, state: str, now: datetime) -> tuple[Any, ...]:
    message_id = new_id()
    who = draft.recipient
    if who.wrapped_key is None:
        raise ValueError("an erased member is written to")
    key = runtime.keys.unwrap(who.wrapped_key, who.id)
    sealed = crypto.seal(key, orjson.dumps(draft.values), place(message_id, "message"))
    member_id = who.id if isinstance(who, Member) else None
    return (
        message_id,
        who.id,
        member_id,
        draft.group_id,
        draft.template.value,
        draft.cause,
        draft.language if draft.language in LANGUAGES else "sw",
        sealed,
        state,
        "",
        0,
        now,
    )


def open_values(runtime: Runtime, message: Message, recipient: Member | User) -> dict[str, Any]:
    """What the message's words are filled with; empty where that is gone."""
    if message.sealed is None or recipient.wrapped_key is None:
        return {}
    key = runtime.keys.unwrap(recipient.wrapped_key, recipient.id)
    plain = crypto.unseal(key, message.sealed, place(message.id, "message"))
    values: dict[str, Any] = orjson.loads(plain)
    return values


def text_for_office(runtime: Runtime, message: Message, recipient: Member | User | None) -> str:
    """What the office sees of it. A code is its owner's alone, unless nobody sends it."""
    if message.template == MessageTemplate.CODE and message.state != MessageState.SHOWN:
        return ""
    values = open_values(runtime, message, recipient) if recipient is not None else {}
    if not values:
        return ""
    return text_of(message.template, message.language, values, runtime.settings.currency)


async def list_messages(
    runtime: Runtime,
    actor: Actor,
    *,
    member_id: UUID | None,
    state: MessageState | None,
    first: int,
    after: str | None,
) -> Page[Message]:
    """A page of messages, the newest first. NOT_FOUND of a member who is not there."""
    demand(actor, VERB)
    check_first(first)
    conditions: list[ColumnElement[bool]] = []
    if member_id is not None:
        async with runtime.db.reading() as session:
            await load_member(session, actor, member_id)
        conditions.append(col(Message.member_id) == member_id)
    if state is not None:
        conditions.append(col(Message.state) == state.value)
    key = decode_cursor(after, UUID)
    # By id, which is a UUIDv7: its order is that of time.
    statement = select(Message).where(*conditions)
    if key:
        statement = statement.where(col(Message.id) < key[0])
    statement = statement.order_by(col(Message.id).desc()).limit(first + 1)
    async with runtime.db.reading() as session:
        rows = (await session.execute(statement)).scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(Message).where(*conditions)
            return int((await counting.execute(total)).scalar_one())

    return cut(rows, first, lambda row: (row.id,), count)
