"""Web Push: notices of the outbox to those who must know of them, each phone for itself.

A notice becomes one row for each phone in the transaction that ends the notice; a phone's row is
leased, sent and ended. So whatever dies where, nothing is lost: at worst a phone is told again,
and shows it once, since both messages carry the same topic and tag.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.crypto import DecryptionError
from app.integrations.webpush import Answer, Delivery, Target, WebPush
from app.models import BankingGroup, OutboxMessage, PushSubscription, User
from app.runtime import Runtime
from app.services import notices
from app.services.operations.notices import APPROVAL_NEEDED
from app.services.operations.notices import TOPIC as NOTICE
from app.services.outbox import due
from app.services.push_subscriptions import open_target
from app.workers.outbox import Pauses

PUSH = "push"
AT_ONCE = 100
IN_PARALLEL = 10
LEASE = timedelta(minutes=2)
FRESH = timedelta(hours=24)
"""An older notice is no news: it stands in the app."""
MOST_ATTEMPTS = 8
PAUSES = Pauses()
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A phone's row and what is needed to send it; `target` None where there is none any more."""

    id: UUID
    attempts: int
    created_at: datetime
    device_id: UUID
    target: Target | None
    subscribed_at: datetime | None
    body: bytes
    topic: str
    urgent: bool


async def push_notices(ctx: dict[Any, Any], *_args: Any, **_more: Any) -> int:
    """How many messages push services took now. Nothing while the last look is at work."""
    runtime: Runtime = ctx["runtime"]
    busy: asyncio.Lock = ctx.setdefault("push_lock", asyncio.Lock())
    if busy.locked():
        return 0
    async with busy:
        while await _address(runtime) == AT_ONCE:
            pass
        letters = await _take(runtime)
        if not letters:
            return 0
        return await _send_all(runtime, ctx, letters)


async def _address(runtime: Runtime) -> int:
    """Turns notices into one row a phone; how many notices were dealt with."""
    now = clock.now()

    async def work(session: AsyncSession) -> int:
        rows = await due(session, NOTICE, now, AT_ONCE)
        fresh = [row for row in rows if row.created_at > now - FRESH]
        found = await notices.recipients(session, fresh)
        for row in rows:
            row.done_at = now
            session.add_all(
                OutboxMessage(
                    topic=PUSH,
                    payload={**_known(row.payload), "deviceId": str(one.device_id)},
                    created_at=row.created_at,
                    available_at=now,
                )
                for one in found.get(row.id, ())
            )
        return len(rows)

    return await runtime.db.transact(work)


def _known(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: payload[name] for name in ("about", "subject", "subjectId", "groupId")}


async def _take(runtime: Runtime) -> list[Letter]:
    """Leases what is due, so that no other worker sends it too, and opens what it needs."""
    now = clock.now()

    async def work(session: AsyncSession) -> list[Letter]:
        rows = await due(session, PUSH, now, AT_ONCE)
        for row in rows:
            row.attempts += 1
            row.available_at = now + LEASE
        devices = {UUID(row.payload["deviceId"]) for row in rows}
        found = await session.execute(
            select(PushSubscription, User)
            .join(User, col(User.id) == col(PushSubscription.user_id))
            .where(col(PushSubscription.device_id).in_(devices), col(User.is_active))
        )
        owners = {subscription.device_id: (subscription, user) for subscription, user in found}
        names = await _group_names(session, rows)
        return [_letter(runtime, row, owners, names) for row in rows]

    return await runtime.db.transact(work)


async def _group_names(session: AsyncSession, rows: list[OutboxMessage]) -> dict[str, str]:
    ids = {UUID(row.payload["groupId"]) for row in rows}
    found = await session.execute(
        select(col(BankingGroup.id), col(BankingGroup.name)).where(col(BankingGroup.id).in_(ids))
    )
    return {str(group_id): name for group_id, name in found}


def _letter(
    runtime: Runtime,
    row: OutboxMessage,
    owners: dict[UUID, tuple[PushSubscription, User]],
    names: dict[str, str],
) -> Letter:
    payload = row.payload
    device_id = UUID(payload["deviceId"])
    owner = owners.get(device_id)
    target, language = None, "en"
    if owner is not None:
        language = owner[0].language
        try:
            target = open_target(runtime.keys, owner[1], owner[0])
        except DecryptionError:
            log.error("a push subscription does not open", extra={"device_id": str(device_id)})
    subject_id = UUID(payload["subjectId"])
    body = {
        "title": notices.words(payload["subject"], payload["about"], language),
        "body": names.get(payload["groupId"], ""),
        "lang": language,
        "tag": payload["subjectId"],
        **_known(payload),
    }
    return Letter(
        id=row.id,
        attempts=row.attempts,
        created_at=row.created_at,
        device_id=device_id,
        target=target,
        subscribed_at=owner[0].created_at if owner is not None else None,
        body=orjson.dumps(body),
        # 32 characters of base64url at most (RFC 8030): the 32 of a bare UUID.
        topic=subject_id.hex,
        urgent=payload["about"] == APPROVAL_NEEDED,
    )


async def _send_all(runtime: Runtime, ctx: dict[Any, Any], letters: list[Letter]) -> int:
    client = _client(runtime, ctx)
    gate = asyncio.Semaphore(IN_PARALLEL)

    async def send(letter: Letter) -> Answer:
        if client is None or letter.target is None:
            return Answer(Delivery.GONE)
        left = letter.created_at + FRESH - clock.now()
        async with gate:
            return await client.send(
                letter.target,
                letter.body,
                topic=letter.topic,
                seconds=max(0, int(left.total_seconds())),
                urgent=letter.urgent,
            )

    answers = await asyncio.gather(*(send(one) for one in letters))
    outcome = list(zip(letters, answers, strict=True))

    async def work(session: AsyncSession) -> None:
        for letter, answer in outcome:
            await _note(session, letter, answer)

    await runtime.db.transact(work)
    taken = sum(answer.delivery is Delivery.TAKEN for answer in answers)
    log.info("push", extra={"sent": taken, "tried": len(letters)})
    return taken


def _client(runtime: Runtime, ctx: dict[Any, Any]) -> WebPush | None:
    """One for the life of the worker; None where push is off."""
    if runtime.settings.push is None:
        return None
    if "push_client" not in ctx:
        ctx["push_client"] = WebPush(runtime.settings.push)
    client: WebPush = ctx["push_client"]
    return client


async def _note(session: AsyncSession, letter: Letter, answer: Answer) -> None:
    """Ends the row, or puts it off. A subscription that is gone is dropped with it."""
    now = clock.now()
    values: dict[str, Any] = {"done_at": now, "last_error": None}
    if answer.delivery is Delivery.GONE:
        values["last_error"] = "the browser is subscribed no more"
        if letter.target is not None:
            await session.execute(
                delete(PushSubscription).where(
                    col(PushSubscription.device_id) == letter.device_id,
                    # Not one that took its place in the meantime.
                    col(PushSubscription.created_at) == letter.subscribed_at,
                )
            )
    elif answer.delivery is Delivery.REFUSED:
        values["last_error"] = f"refused with {answer.status}"
        log.error("a push service refused", extra={"status": answer.status})
    elif answer.delivery is Delivery.LATER:
        at = now + timedelta(seconds=PAUSES.after(letter.attempts, answer.wait or 0.0))
        values["last_error"] = f"status {answer.status}" if answer.status else "not reached"
        if letter.attempts < MOST_ATTEMPTS and at < letter.created_at + FRESH:
            values |= {"done_at": None, "available_at": at}
    await session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == letter.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
