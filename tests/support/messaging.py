"""A stage whose messages go to simulators of the providers, and the worker that sends them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from starlette.applications import Starlette

from app import clock
from app.callbacks import callback_routes
from app.config import MessageSettings, SmsSettings, WhatsAppSettings
from app.models import Member, Message, OutboxMessage
from app.runtime import Runtime
from app.services.member_privacy import open_member
from app.workers.outbox import work_off
from app.workers.topics import TOPICS
from tests.simulators.africastalking import AfricasTalkingSimulator, Sms, delivery
from tests.simulators.serving import served
from tests.simulators.whatsapp import WhatsAppSimulator
from tests.support.stage import Stage, set_stage

SECRET = "s" * 20 + "-" + "S" * 20
VERIFY = "v" * 20 + "-" + "V" * 20


@dataclass
class Messaging:
    """What tests of messages hold."""

    stage: Stage
    sms: AfricasTalkingSimulator
    whatsapp: WhatsAppSimulator
    context: dict[Any, Any]
    http: httpx.AsyncClient

    @property
    def runtime(self) -> Runtime:
        return self.stage.runtime

    def phone(self, member: Member) -> str:
        return open_member(self.runtime.keys, member).phone

    def wa(self, member: Member) -> str:
        return self.phone(member).removeprefix("+")

    async def work(self) -> int:
        return await work_off(self.context, TOPICS)

    async def messages(self, *templates: str) -> list[Message]:
        found = [
            row
            for row in await self.stage.all_of(Message)
            if not templates or row.template in templates
        ]
        return sorted(found, key=lambda row: row.id)

    async def outbox(self) -> list[OutboxMessage]:
        rows = await self.stage.all_of(OutboxMessage)
        return [row for row in rows if row.topic == "message"]

    async def change(self, model: Any, row_id: UUID | None = None, **values: Any) -> None:
        async def work(session: AsyncSession) -> None:
            statement = update(model).values(**values)
            if row_id is not None:
                statement = statement.where(col(model.id) == row_id)
            await session.execute(statement)

        await self.runtime.db.transact(work)

    async def make_due(self) -> None:
        await self.change(OutboxMessage, available_at=clock.now())

    async def report(self, sms: Sms, status: str, secret: str = SECRET, **more: str) -> int:
        answer = await self.http.post(
            f"/api/sms/delivery/{secret}", data=delivery(sms, status, **more)
        )
        return answer.status_code

    async def webhook(self, *values: dict[str, Any], **headers: str) -> int:
        body, signed = self.whatsapp.webhook(*values)
        answer = await self.http.post(
            "/api/whatsapp/webhook", content=body, headers={**signed, **headers}
        )
        return answer.status_code

    def set(self, **changes: Any) -> None:
        """Other settings of messages, from now on."""
        settings = self.runtime.settings
        # The runtime is frozen for the application, not for its tests.
        messages = replace(settings.messages, **changes)
        object.__setattr__(self.runtime, "settings", replace(settings, messages=messages))


@asynccontextmanager
async def messaging(runtime: Runtime) -> AsyncIterator[Messaging]:
    """SMS first and WhatsApp second, without quiet hours."""
    sms, whatsapp = AfricasTalkingSimulator(), WhatsAppSimulator()
    async with served(sms.app()) as sms_url, served(whatsapp.app()) as whatsapp_url:
        messages = MessageSettings(
            SmsSettings(sms.username, sms.api_key, SECRET, sms_url),
            WhatsAppSettings(
                whatsapp.number, whatsapp.token, whatsapp.app_secret, VERIFY, whatsapp_url
            ),
            quiet_from=0,
            quiet_to=0,
        )
        runtime = replace(runtime, settings=replace(runtime.settings, messages=messages))
        app = Starlette(routes=callback_routes())
        app.state.runtime = runtime
        context: dict[Any, Any] = {"runtime": runtime}
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as http:
            yield Messaging(await set_stage(runtime), sms, whatsapp, context, http)
        for name in ("sms_client", "whatsapp_client"):
            if name in context:
                await context[name].close()
