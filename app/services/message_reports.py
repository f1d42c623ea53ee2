"""What providers report of messages they took: late, doubled, in any order; and who wants none.

A report only moves a message on. One of a message that nobody knows changes nothing and is
logged, without its number.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.errors import BadInput
from app.models import Member, Message, MessageChannel, MessageState, OutboxMessage
from app.phones import normalise_phone
from app.runtime import Runtime
from app.services.outbox import ring

NOT_DELIVERED = "NOT_DELIVERED"
STOP = frozenset({"STOP", "ACHA", "SIMAMISHA", "UNSUBSCRIBE"})
START = frozenset({"START", "ANZA"})
RANK = {
    MessageState.WAITING.value: 0,
    MessageState.SENDING.value: 0,
    MessageState.UNCERTAIN.value: 0,
    MessageState.FAILED.value: 0,
    MessageState.SENT.value: 1,
    MessageState.DELIVERED.value: 2,
    MessageState.READ.value: 3,
}
"""Where a message stands on its way; CANCELLED and SHOWN are on none."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """`state`: SENT, DELIVERED, READ or FAILED. `ours`: our id where the provider sends it."""

    provider_id: str
    state: MessageState
    ours: UUID | None = None


async def take_reports(runtime: Runtime, channel: MessageChannel, reports: Sequence[Report]) -> int:
    """How many of them moved a message on."""

    async def work(session: AsyncSession) -> int:
        moved = 0
        for report in reports:
            moved += await _take(runtime, session, channel, report)
        return moved

    return await runtime.db.transact(work)


async def _take(
    runtime: Runtime, session: AsyncSession, channel: MessageChannel, report: Report
) -> int:
    found = await session.execute(
        select(Message, OutboxMessage)
        .join(OutboxMessage, col(OutboxMessage.id) == col(Message.id))
        .where(
            or_(col(Message.provider_id) == report.provider_id, col(Message.id) == report.ours),
            # Of a worker that was killed while it sent, nobody knows the channel.
            or_(col(Message.channel) == channel.value, col(Message.channel).is_(None)),
        )
        .with_for_update()
    )
    row = found.first()
    if row is None:
        log.warning("a report of an unknown message", extra={"channel": channel.value})
        return 0
    message, outbox = row[0], row[1]
    if report.state is MessageState.FAILED:
        return _failed(runtime, session, message, outbox)
    if RANK[report.state] <= RANK.get(message.state, 9):
        return 0
    if message.state in (MessageState.WAITING.value, MessageState.SENDING.value):
        # Another attempt is on its way: what an earlier one is said to have done is no end of it.
        return 0
    message.state, message.reason = report.state.value, None
    message.provider_id, message.channel = report.provider_id, channel.value
    if message.delivered_at is None and report.state is not MessageState.SENT:
        message.delivered_at = clock.now()
    # It did happen: nobody has to decide any more.
    outbox.dead_at = outbox.dead_code = None
    return 1


def _failed(
    runtime: Runtime, session: AsyncSession, message: Message, outbox: OutboxMessage
) -> int:
    """Accepted and then not delivered: the next channel is asked, or a person."""
    if message.state not in (MessageState.SENT.value, MessageState.UNCERTAIN.value):
        return 0
    tried = [one for one in (*message.failed_channels.split(","), message.channel or "") if one]
    message.failed_channels = ",".join(dict.fromkeys(tried))
    left = set(runtime.settings.messages.channels) - set(tried)
    now = clock.now()
    message.reason = NOT_DELIVERED
    if left and message.sealed is not None:
        message.state = MessageState.WAITING.value
        outbox.done_at = outbox.dead_at = outbox.dead_code = None
        outbox.attempts, outbox.available_at = 0, now
        ring(runtime, session)
    else:
        message.state = MessageState.FAILED.value
        outbox.done_at = outbox.dead_at = now
        outbox.dead_code = NOT_DELIVERED
    return 1


async def take_word(runtime: Runtime, phone: str, text: str) -> int:
    """STOP or START from a phone: how many members (one person may be in several groups) it
    concerns. Other words, and phones of nobody, change nothing."""
    word = text.strip().upper().rstrip(".!")
    if word not in STOP | START:
        return 0
    try:
        index = runtime.keys.blind_index("phone", normalise_phone(phone))
    except BadInput:
        return 0

    async def work(session: AsyncSession) -> int:
        found = await session.execute(
            select(Member)
            .where(col(Member.phone_index) == index)
            .order_by(col(Member.id))
            .with_for_update()
        )
        members = list(found.scalars())
        for member in members:
            if word in START:
                member.messages_off_at = None
            elif member.messages_off_at is None:
                member.messages_off_at = clock.now()
        return len(members)

    return await runtime.db.transact(work)
