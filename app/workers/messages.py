"""Messages leave: by the first channel that takes them, at most once by themselves."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.config import MessageSettings
from app.integrations.africastalking import AfricasTalking
from app.integrations.messaging import Answer, Taken
from app.integrations.whatsapp import WhatsApp
from app.models import (
    Member,
    Message,
    MessageChannel,
    MessageState,
    MessageTemplate,
    OutboxMessage,
    User,
)
from app.runtime import Runtime
from app.services.member_privacy import open_member, open_user_phone
from app.services.message_texts import parts_of, text_of
from app.services.messages import TOPIC, open_values
from app.workers.outbox import MAY_HAVE_HAPPENED, End, Outside, Result

SMS = MessageChannel.SMS.value
WHATSAPP = MessageChannel.WHATSAPP.value
SEGMENT = 160
UNREADABLE = "UNREADABLE"
"""Its words cannot be made of what it holds: a fault of ours."""
log = logging.getLogger(__name__)
LASTS = {
    MessageTemplate.CODE.value: timedelta(hours=24),
    MessageTemplate.MEETING.value: timedelta(hours=20),
    MessageTemplate.LOAN_DUE_SOON.value: timedelta(days=2),
    MessageTemplate.LOAN_DUE_TODAY.value: timedelta(hours=20),
}
"""After this a message is no news; others last LONGEST."""
LONGEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is needed to send one message."""

    id: UUID
    phone: str
    text: str
    template: str
    language: str
    parts: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """By which channel a message left, or why it did not: what `note` keeps of it."""

    state: MessageState
    channel: str | None = None
    answer: Answer | None = None


async def prepare(
    runtime: Runtime, session: AsyncSession, rows: Sequence[OutboxMessage]
) -> Mapping[UUID, Any]:
    """A Letter for each message that may leave now; for the others what becomes of them."""
    now = clock.now()
    ids = [row.id for row in rows]
    found = await session.execute(
        select(Message, Member, User)
        .outerjoin(Member, col(Member.id) == col(Message.member_id))
        .outerjoin(User, col(User.id) == col(Message.recipient_id))
        .where(col(Message.id).in_(ids))
    )
    spent = await _spent(runtime, session, now)
    # A message that is no more was erased with its member.
    plans: dict[UUID, Any] = dict.fromkeys(ids, Result(End.DONE))
    for message, member, user in found:
        plan = _try_to_plan(runtime, message, _one_of(member, user), now, spent)
        if isinstance(plan, Letter):
            message.state, message.reason, message.sent_at = MessageState.SENDING.value, None, now
            message.cost = _reckoned(runtime.settings.messages, plan)
            spent += message.cost
        plans[message.id] = plan
    return plans


def _try_to_plan(
    runtime: Runtime, message: Message, who: Member | User | None, now: datetime, spent: int
) -> Letter | Result:
    try:
        return _plan(runtime, message, who, now, spent)
    except Exception as error:
        # A person looks at it; the others must not wait behind it.
        log.exception("a message cannot be written", extra={"message_id": str(message.id)})
        return Result(End.DEAD, type(error).__name__, UNREADABLE)


def _plan(
    runtime: Runtime, message: Message, who: Member | User | None, now: datetime, spent: int
) -> Letter | Result:
    settings = runtime.settings.messages
    code = message.template == MessageTemplate.CODE.value
    channels = tuple(one for one in settings.channels if one not in message.failed_channels)
    if not settings.channels:
        return Result(End.DONE, about=Sent(MessageState.SHOWN))
    values = open_values(runtime, message, who) if who is not None else {}
    phone = _phone(runtime, who) if values else ""
    if not phone:
        return _cancelled("NO_PHONE")
    if isinstance(who, Member) and who.messages_off_at is not None:
        return _cancelled("OPTED_OUT")
    if now > message.created_at + LASTS.get(message.template, LONGEST):
        return _cancelled("TOO_LATE")
    if not channels:
        return Result(End.DEAD, "every channel failed", "NOT_DELIVERED")
    if not code:
        morning = _end_of_quiet(runtime, now)
        if morning is not None:
            return Result(End.PUT_OFF, "QUIET_HOURS", at=morning)
        if spent >= settings.cost_limit:
            return Result(End.PUT_OFF, "COST_LIMIT", at=_tomorrow(runtime, now))
    currency = runtime.settings.currency
    return Letter(
        message.id,
        phone,
        text_of(message.template, message.language, values, currency),
        message.template,
        message.language,
        tuple(parts_of(message.template, message.language, values, currency).values()),
        channels,
    )


def _one_of(member: Member | None, user: User | None) -> Member | User | None:
    """Whom a message goes to: its member where it has one."""
    return user if member is None else member


def _cancelled(why: str) -> Result:
    return Result(End.DONE, why, about=Sent(MessageState.CANCELLED))


def _phone(runtime: Runtime, who: Member | User | None) -> str:
    if isinstance(who, Member):
        return open_member(runtime.keys, who).phone
    if who is None or not who.is_active:
        return ""
    return open_user_phone(runtime.keys, who)


async def _spent(runtime: Runtime, session: AsyncSession, now: datetime) -> int:
    """Cents of today by the deployment's zone, codes apart; what is on its way as reckoned."""
    zone = runtime.settings.timezone
    began = datetime.combine(now.astimezone(zone).date(), time(), zone)
    total = await session.execute(
        select(func.coalesce(func.sum(col(Message.cost)), 0)).where(
            col(Message.sent_at) >= began, col(Message.template) != MessageTemplate.CODE.value
        )
    )
    return int(total.scalar_one())


def _reckoned(settings: MessageSettings, letter: Letter) -> int:
    """An SMS of more than 160 characters goes as several."""
    if letter.channels[0] == SMS:
        return settings.sms_price * -(-len(letter.text) // SEGMENT)
    return settings.whatsapp_price


def _end_of_quiet(runtime: Runtime, now: datetime) -> datetime | None:
    """When the quiet hours end that it is in now."""
    settings, zone = runtime.settings.messages, runtime.settings.timezone
    begins, ends = settings.quiet_from, settings.quiet_to
    here = now.astimezone(zone)
    over_midnight = begins > ends
    quiet = here.hour >= begins or here.hour < ends if over_midnight else begins <= here.hour < ends
    if not quiet:
        return None
    day = here.date()
    if over_midnight and here.hour >= begins:
        day += timedelta(days=1)
    return datetime.combine(day, time(ends), zone)


def _tomorrow(runtime: Runtime, now: datetime) -> datetime:
    zone = runtime.settings.timezone
    day = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(runtime.settings.messages.quiet_to), zone)


async def send(runtime: Runtime, ctx: dict[Any, Any], letter: Letter) -> Result:
    """By the first channel that takes it. Where one may have taken it, no other is asked."""
    later: str | None = None
    refused: str | None = None
    for channel in letter.channels:
        answer = await _by(runtime, ctx, channel, letter)
        if answer.taken is Taken.ACCEPTED:
            return Result(End.DONE, about=Sent(MessageState.SENT, channel, answer))
        if answer.taken is Taken.UNKNOWN:
            about = Sent(MessageState.UNCERTAIN, channel, answer)
            return Result(End.DEAD, answer.code, MAY_HAVE_HAPPENED, about=about)
        if answer.taken is Taken.LATER:
            later = answer.code
        else:
            refused = answer.code
    if later is not None:
        return Result(End.LATER, later)
    return Result(End.DEAD, refused, refused)


async def _by(runtime: Runtime, ctx: dict[Any, Any], channel: str, letter: Letter) -> Answer:
    settings = runtime.settings.messages
    if channel == SMS and settings.sms is not None:
        if "sms_client" not in ctx:
            ctx["sms_client"] = AfricasTalking(settings.sms)
        answer: Answer = await ctx["sms_client"].send(letter.phone, letter.text)
        return answer
    if settings.whatsapp is not None:
        if "whatsapp_client" not in ctx:
            ctx["whatsapp_client"] = WhatsApp(settings.whatsapp)
        taken: Answer = await ctx["whatsapp_client"].send(
            letter.phone, letter.template.lower(), letter.language, letter.parts, letter.id
        )
        if taken.taken is Taken.ACCEPTED:
            return replace(taken, cost=settings.whatsapp_price)
        return taken
    return Answer(Taken.REFUSED, code="NO_CHANNEL")


async def note(runtime: Runtime, session: AsyncSession, results: Mapping[UUID, Result]) -> None:
    """Keeps in the messages what became of them."""
    found = await session.execute(
        select(Message)
        .where(col(Message.id).in_(results))
        .order_by(col(Message.id))
        .with_for_update()
    )
    for message in found.scalars():
        _note(message, results[message.id])


def _note(message: Message, result: Result) -> None:
    sent = result.about if isinstance(result.about, Sent) else None
    message.reason = result.code or result.error
    if sent is not None and sent.channel is not None:
        message.channel = sent.channel
    if result.end is End.DONE and sent is not None:
        message.state = sent.state.value
        if sent.answer is not None:
            message.provider_id = sent.answer.provider_id
            if sent.answer.cost is not None:
                message.cost = sent.answer.cost
    elif result.end is End.DEAD:
        doubt = result.code == MAY_HAVE_HAPPENED
        message.state = (MessageState.UNCERTAIN if doubt else MessageState.FAILED).value
        if not doubt:
            message.cost, message.sent_at = 0, None
    else:
        message.state = MessageState.WAITING.value
        message.cost, message.sent_at = 0, None
    if message.template == MessageTemplate.CODE and message.state == MessageState.SENT:
        message.sealed = None


MESSAGES = Outside(TOPIC, prepare, send, note)
