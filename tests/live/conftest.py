"""Fixtures of the live tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.config import Settings
from app.models import BankingGroup, Member
from app.runtime import Runtime
from app.services.operations.apply import apply_operations
from app.services.operations.types import Operation, RecordContribution
from tests.live.client import LiveClient
from tests.live.fragile_redis import FragileRedis
from tests.live.hosts import Host
from tests.support.factories import Factory, Person

Connect = Callable[..., Awaitable[LiveClient]]


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[FragileRedis]:
    """A Redis that the test may kill."""
    server = FragileRedis(tmp_path / "redis")
    yield server
    server.stop()


@pytest.fixture
async def host(settings: Settings) -> AsyncIterator[Host]:
    """One process without Redis."""
    made = Host(settings)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def hosts(settings: Settings, own_redis: FragileRedis) -> AsyncIterator[list[Host]]:
    """Two processes that share the database and Redis."""
    shared = replace(settings, redis_url=own_redis.url)
    made = [Host(shared), Host(shared)]
    for one in made:
        await one.start()
    yield made
    for one in made:
        await one.stop()


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Opens clients that are closed with the test."""
    async with AsyncExitStack() as stack:

        async def opened(host: Host, person: Person | None = None, **options: Any) -> LiveClient:
            token = None
            if person is not None:
                token = (await Factory(host.runtime).sign_in(person)).access_token
            client = await LiveClient.open(host.address, token, **options)
            stack.push_async_callback(client.close)
            return client

        yield opened


class Stage:
    """A group with a member, and the people around it."""

    def __init__(self, runtime: Runtime, factory: Factory) -> None:
        self.runtime = runtime
        self.factory = factory
        self.group: BankingGroup
        self.member: Member
        self.admin: Person
        self.officer: Person
        self.chair: Person

    async def set_up(self) -> Stage:
        self.group = await self.factory.group()
        self.member = await self.factory.member(self.group)
        self.admin = await self.factory.admin()
        self.officer = await self.factory.officer(self.group)
        self.chair = await self.factory.chair(self.group)
        return self

    async def save(
        self, *amounts: int, runtime: Runtime | None = None, member_id: UUID | None = None
    ) -> None:
        """Contributions of so many cents, in one batch."""
        operations = [
            Operation(
                self.officer.actor,
                RecordContribution(
                    member_id=member_id or self.member.id,
                    amount=cents,
                    contribution_type="REGULAR",
                    payment_method="CASH",
                ),
            )
            for cents in amounts
        ]
        outcomes = await apply_operations(runtime or self.runtime, operations)
        assert [outcome.outcome for outcome in outcomes] == ["APPLIED"] * len(amounts)


async def stage_on(runtime: Runtime) -> Stage:
    return await Stage(runtime, Factory(runtime)).set_up()
