"""Events: exactly once here, soon in the others, and through a restart of Redis."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from app import events as events_module
from app import events_redis
from app.events import Events
from tests.live.fragile_redis import FragileRedis
from tests.live.waiting import until

Make = Callable[[str | None], Any]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    async with AsyncExitStack() as stack:

        async def started(url: str | None) -> Events:
            events = Events(url)
            await events.start()
            stack.push_async_callback(events.close)
            return events

        yield started


def heard(events: Events, topic: str = "ledger") -> list[Any]:
    found: list[Any] = []
    events.on(topic, found.append)
    return found


def missed(events: Events) -> list[float]:
    found: list[float] = []
    events.on_missed(lambda: found.append(time.monotonic()))
    return found


async def test_in_memory_a_listener_hears_its_topic_once_and_in_order(make: Make) -> None:
    events = await make(None)
    ledger, access = heard(events), heard(events, "access")
    for number in range(50):
        await events.publish("ledger", {"sequence": number})
    await events.publish("access", {"user_id": "a"})
    await until(lambda: bool(access), "the last event")
    assert [payload["sequence"] for payload in ledger] == list(range(50))
    assert access == [{"user_id": "a"}]


async def test_the_first_channel_of_a_fresh_process_is_heard(
    make: Make, own_redis: FragileRedis
) -> None:
    one, two = await make(own_redis.url), await make(own_redis.url)
    here, there = heard(one), heard(two)
    await one.publish("ledger", {"sequence": 1})
    await until(lambda: bool(here) and bool(there), "the first event in both")
    await asyncio.sleep(0.1)
    assert here == there == [{"sequence": 1}]


async def test_listeners_that_come_together_all_hear(make: Make, own_redis: FragileRedis) -> None:
    one, two = await make(own_redis.url), await make(own_redis.url)

    async def listen() -> list[Any]:
        await asyncio.sleep(0)
        return heard(two)

    everybody = await asyncio.gather(*(listen() for _ in range(20)))
    await one.publish("ledger", {"sequence": 7})
    await until(lambda: all(everybody), "all twenty")
    assert everybody == [[{"sequence": 7}]] * 20


async def test_after_unsubscribing_nothing_is_heard(make: Make) -> None:
    events = await make(None)
    found: list[Any] = []
    stop = events.on("ledger", found.append)
    other = heard(events)
    stop()
    stop()
    await events.publish("ledger", {"sequence": 1})
    await until(lambda: bool(other), "the one who stayed")
    assert found == []


async def test_a_listener_that_fails_harms_nobody(make: Make) -> None:
    events = await make(None)

    def fail(_payload: Any) -> None:
        raise ValueError("broken listener")

    async def fail_later(_payload: Any) -> None:
        raise ValueError("broken listener")

    events.on("ledger", fail)
    events.on("ledger", fail_later)
    found = heard(events)
    await events.publish("ledger", {"sequence": 1})
    await events.publish("ledger", {"sequence": 2})
    await until(lambda: len(found) == 2, "both events")


async def test_a_slow_listener_holds_nobody_up_and_is_told_what_it_missed(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_module, "LISTENER_LIMIT", 5)
    events = await make(None)
    gate = asyncio.Event()
    slow: list[Any] = []

    async def listen_slowly(payload: Any) -> None:
        await gate.wait()
        slow.append(payload["sequence"])

    events.on("ledger", listen_slowly)
    quick, gaps = heard(events), missed(events)
    for number in range(40):
        await events.publish("ledger", {"sequence": number})
    await until(lambda: len(quick) == 40, "the quick one")
    await until(lambda: bool(gaps), "the bell that events were missed")
    gate.set()
    await events.publish("ledger", {"sequence": 99})
    await until(lambda: 99 in slow, "the slow one, after the gap")
    assert len(slow) < 20


async def test_a_flood_is_dropped_to_fetch_again(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_module, "BACKLOG_LIMIT", 100)
    events = await make(None)
    found, gaps = heard(events), missed(events)
    for number in range(500):
        await events.publish("ledger", {"sequence": number})
    await until(lambda: bool(gaps), "the bell that events were missed")
    await events.publish("ledger", {"sequence": 1000})
    await until(lambda: {"sequence": 1000} in found, "events after the flood")


async def test_the_line_comes_back_after_redis_was_killed(
    make: Make, own_redis: FragileRedis
) -> None:
    one, two = await make(own_redis.url), await make(own_redis.url)
    here, there = heard(one), heard(two)
    gaps_one, gaps_two = missed(one), missed(two)
    await one.publish("ledger", {"sequence": 1})
    await until(lambda: bool(there), "the event before")

    own_redis.kill()
    started = time.monotonic()
    for number in range(2, 12):
        await one.publish("ledger", {"sequence": number})
    assert time.monotonic() - started < 0.5, "publishing waits for a Redis that is away"
    await until(lambda: len(here) == 11, "local delivery while Redis is away")
    own_redis.restart()

    await until(lambda: bool(gaps_one) and bool(gaps_two), "both know that they missed some")
    await two.publish("ledger", {"sequence": 12})
    await until(lambda: {"sequence": 12} in here, "events after the restart")
    await asyncio.sleep(0.3)
    assert [payload["sequence"] for payload in here] == list(range(1, 13)), "once each, here"


async def test_a_process_that_starts_without_redis_joins_later(
    make: Make, own_redis: FragileRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_module, "START_PATIENCE", 0.2)
    own_redis.kill()
    one = await make(own_redis.url)
    here, gaps = heard(one), missed(one)
    await one.publish("ledger", {"sequence": 1})
    await until(lambda: bool(here), "local delivery")
    own_redis.restart()
    await until(lambda: bool(gaps), "it knows that it may have missed some")
    two = await make(own_redis.url)
    await two.publish("ledger", {"sequence": 2})
    await until(lambda: {"sequence": 2} in here, "it hears the others")


async def test_a_short_break_of_the_connection_is_noticed(
    make: Make, own_redis: FragileRedis
) -> None:
    from redis.asyncio import Redis

    one, two = await make(own_redis.url), await make(own_redis.url)
    there, gaps = heard(two), missed(two)
    async with Redis.from_url(own_redis.url) as admin:
        await admin.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
    await until(lambda: bool(gaps), "the break")
    await one.publish("ledger", {"sequence": 3})
    await until(lambda: {"sequence": 3} in there, "events after the break")


async def test_a_silent_redis_is_given_up(
    make: Make, own_redis: FragileRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_redis, "SILENCE", 0.3)
    one = await make(own_redis.url)
    gaps = missed(one)
    assert one._redis is not None
    own_redis.freeze()
    await until(lambda: not one._redis.subscribed.is_set(), "the silence is noticed")
    own_redis.thaw()
    await until(lambda: bool(gaps), "the line is up again")


async def test_what_was_dropped_on_the_way_is_announced_as_a_gap(
    make: Make, own_redis: FragileRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_redis, "OUTBOX_LIMIT", 10)
    one, two = await make(own_redis.url), await make(own_redis.url)
    there, gaps = heard(two), missed(two)
    assert one._redis is not None
    publish_all = one._redis._publish_all

    async def fail(*_arguments: Any) -> None:
        raise OSError("no route to Redis from here")

    monkeypatch.setattr(one._redis, "_publish_all", fail)
    for number in range(100):
        await one.publish("ledger", {"sequence": number})
    monkeypatch.setattr(one._redis, "_publish_all", publish_all)
    await until(lambda: {"sequence": 99} in there, "the newest")
    assert len(gaps) == 1
    assert {"sequence": 5} not in there


async def test_closing_leaves_no_task_behind(own_redis: FragileRedis) -> None:
    before = asyncio.all_tasks()
    events = Events(own_redis.url)
    await events.start()
    heard(events)
    await events.close()
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() - before == set()
