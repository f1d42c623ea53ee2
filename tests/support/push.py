"""People with phones that wish to be told, and the worker that tells them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.config import PUSH_SERVICES, PushSettings, Settings
from app.integrations.webpush import new_private_key
from app.models import OutboxMessage
from app.workers.push import push_notices
from tests.support.api import Answer
from tests.support.factories import Person
from tests.support.push_service import Browser, PushService
from tests.support.stage import Stage

KEY = "{ vapidPublicKey }"
SAVE = (
    """mutation Save($input: SavePushSubscriptionInput!) { savePushSubscription(input: $input) }"""
)
REMOVE = """mutation Remove($id: UUID!) { removePushSubscription(deviceId: $id) }"""
HERE = "127.0.0.1"


def with_push(settings: Settings) -> Settings:
    """The same, with a key, and this machine as a push service."""
    push = PushSettings(
        new_private_key(), "mailto:tests@example.org", (*PUSH_SERVICES, HERE), (HERE,)
    )
    return replace(settings, push=push)


@dataclass
class Pushing:
    """A stage, the push service that its people's browsers subscribed with, and the worker."""

    stage: Stage
    service: PushService
    context: dict[Any, Any]

    async def device(self, person: Person) -> UUID:
        return (await self.stage.make.sign_in(person)).device_id

    async def save(
        self, person: Person, device_id: UUID, browser: Browser, language: str = "en", **more: str
    ) -> Answer:
        values = {**browser.subscription(), "deviceId": str(device_id), "language": language}
        return await self.stage.api.ask(person, SAVE, input={**values, **more})

    async def phone_of(self, person: Person, language: str = "en") -> Browser:
        """A phone that the person has asked to be told on."""
        key = (await self.stage.api.ask(person, KEY))["vapidPublicKey"]
        browser = self.service.subscribe(key)
        answer = await self.save(person, await self.device(person), browser, language)
        assert answer["savePushSubscription"] is True
        return browser

    async def work(self) -> int:
        return await push_notices(self.context)

    async def outbox(self, topic: str = "push") -> list[OutboxMessage]:
        return [row for row in await self.stage.all_of(OutboxMessage) if row.topic == topic]

    async def make_due(self) -> None:
        """As if the pauses of what waits were over."""

        async def work(session: AsyncSession) -> None:
            await session.execute(
                update(OutboxMessage)
                .where(col(OutboxMessage.done_at).is_(None))
                .values(available_at=clock.now())
            )

        await self.stage.runtime.db.transact(work)
