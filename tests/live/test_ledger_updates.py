"""ledgerUpdates: each new line once, in order, whatever becomes of the bells."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.services import live_streams
from app.services.live import Live
from tests.live.client import LEDGER, NOTICES
from tests.live.conftest import Connect, stage_on
from tests.live.fragile_redis import FragileRedis
from tests.live.hosts import Host
from tests.live.waiting import until

postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


def amounts(lines: list[Any]) -> list[str]:
    return [line["amount"] for line in lines]


def texts(cents: range) -> list[str]:
    return [f"{value // 100}.{value % 100:02d}" for value in cents]


async def settled(host: Host, group_id: Any) -> None:
    """The subscription stands: the protocol itself does not say when."""

    def follows() -> bool:
        live = host.runtime.events._parts.get(Live)
        return isinstance(live, Live) and group_id in live._ledgers

    await until(follows, "the subscription stands")


async def test_each_line_comes_once_and_in_order(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    await stage.save(77_00)
    client = await connect(host, stage.admin)
    ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    await settled(host, stage.group.id)
    await stage.save(*range(101, 111))
    await stage.save(111)
    lines = await ledger.take(11)
    assert amounts(lines) == texts(range(101, 112)), "nothing from before, each since then"
    assert lines[0]["description"].endswith(stage.member.member_name)
    assert lines[-1]["category"] == "CASH_IN"
    assert len({line["id"] for line in lines}) == 11
    await ledger.silent()


async def test_the_chair_and_the_officer_of_the_group_follow_it_too(
    host: Host, connect: Connect
) -> None:
    stage = await stage_on(host.runtime)
    followed = []
    for person in (stage.officer, stage.chair):
        client = await connect(host, person)
        followed.append(await client.follow(LEDGER, {"groupId": str(stage.group.id)}))
    await until(lambda: _streams(host, stage.group.id) == 2, "both follow")
    await stage.save(500)
    for ledger in followed:
        assert amounts(await ledger.take(1)) == ["5.00"]


def _streams(host: Host, group_id: Any) -> int:
    live = host.runtime.events._parts.get(Live)
    if not isinstance(live, Live) or group_id not in live._ledgers:
        return 0
    return len(live._ledgers[group_id].streams)


async def test_a_foreign_group_does_not_exist(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    foreign = await stage.factory.group()
    outsider = await stage.factory.officer(foreign)
    stranger = await stage.factory.chair(foreign)
    for person in (outsider, stranger):
        client = await connect(host, person)
        for group_id in (str(stage.group.id), "01890000-0000-7000-8000-000000000000"):
            refused = await client.follow(LEDGER, {"groupId": group_id})
            (error,) = await refused.error()
            assert error["extensions"] == {"code": "NOT_FOUND", "field": "groupId"}


async def test_a_wrong_document_or_variable_is_bad_input(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    for query, variables in (
        ("subscription { ledgerUpdates(groupId:", None),
        ("subscription { ledgerUpdates { id } }", None),
        (LEDGER, {"groupId": "not-an-id"}),
        (LEDGER, {}),
        ("subscription A { notices { kind } } subscription B { notices { kind } }", None),
    ):
        refused = await client.follow(query, variables)
        (error,) = await refused.error()
        assert error["extensions"]["code"] == "BAD_INPUT"


@postgresql
async def test_lost_doubled_and_late_bells_change_nothing(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    await settled(host, stage.group.id)
    events = host.runtime.events
    ring = events.publish
    kept: list[Any] = []

    async def keep(topic: str, payload: Any) -> None:
        kept.append((topic, payload))

    monkeypatch.setattr(events, "publish", keep)
    for cents in range(101, 106):
        await stage.save(cents)
    await ledger.silent()
    # Only one of five bells rings, and it is an early one; then all of them, backwards, twice.
    await ring(*kept[1])
    assert amounts(await ledger.take(5)) == texts(range(101, 106))
    for bell in [*reversed(kept), *kept]:
        await ring(*bell)
    await ledger.silent()


@postgresql
async def test_without_any_bell_the_slow_poll_finds_the_lines(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.live_ledger.POLL_SECONDS", 0.3)
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    await settled(host, stage.group.id)

    async def lose(_topic: str, _payload: Any) -> None:
        return None

    monkeypatch.setattr(host.runtime.events, "publish", lose)
    await stage.save(250)
    assert amounts(await ledger.take(1)) == ["2.50"]


@postgresql
async def test_a_restart_of_redis_loses_and_doubles_nothing(
    hosts: list[Host], connect: Connect, own_redis: FragileRedis
) -> None:
    one, two = hosts
    stage = await stage_on(one.runtime)
    client = await connect(two, stage.admin)
    ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    notices = await client.follow(NOTICES)
    await settled(two, stage.group.id)

    await stage.save(*range(101, 104), runtime=one.runtime)
    assert amounts(await ledger.take(3)) == texts(range(101, 104))
    own_redis.kill()
    await stage.save(*range(104, 109), runtime=one.runtime)
    await stage.save(109, runtime=two.runtime)
    own_redis.restart()
    await stage.save(110, runtime=one.runtime)
    assert amounts(await ledger.take(7)) == texts(range(104, 111))
    assert (await notices.next())["kind"] == "FETCH_AGAIN"
    await stage.save(111, runtime=one.runtime)
    assert amounts(await ledger.take(1)) == ["1.11"]
    await ledger.silent()


@postgresql
async def test_lines_written_while_it_opens_are_not_lost(host: Host, connect: Connect) -> None:
    """Subscribing and writing at the same time, many times over: each sees a whole tail."""
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    group = {"groupId": str(stage.group.id)}
    followed = []

    async def write() -> None:
        for cents in range(101, 161):
            await stage.save(cents)

    async def subscribe() -> None:
        for _ in range(12):
            followed.append(await client.follow(LEDGER, group))
            await asyncio.sleep(0.02)

    await asyncio.gather(write(), subscribe())
    expected = texts(range(101, 161))
    for ledger in followed:
        got: list[str] = []
        while not got or got[-1] != expected[-1]:
            got.append((await ledger.next())["amount"])
        assert got == expected[-len(got) :]


@postgresql
async def test_a_subscriber_who_falls_behind_catches_up_from_the_books(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_streams, "MOST_BATCHES", 3)
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    slow = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    notices = await client.follow(NOTICES)
    await settled(host, stage.group.id)
    live = host.runtime.events._parts[Live]
    assert isinstance(live, Live)
    (stream,) = live._ledgers[stage.group.id].streams
    gate = asyncio.Event()
    take = stream.next_chunk

    async def take_slowly() -> Any:
        await gate.wait()
        return await take()

    monkeypatch.setattr(stream, "next_chunk", take_slowly)
    for cents in range(101, 141):
        await stage.save(cents)
    await until(lambda: stream._behind, "the queue overflows")
    gate.set()
    assert amounts(await slow.take(40)) == texts(range(101, 141))
    assert (await notices.next())["kind"] == "FETCH_AGAIN"
    await stage.save(141)
    assert amounts(await slow.take(1)) == ["1.41"]
    await slow.silent()


@postgresql
async def test_a_database_that_is_away_for_a_moment_costs_no_line(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    await settled(host, stage.group.id)
    calls = 0
    from app.services import live_ledger

    lines_after = live_ledger.lines_after

    async def fail_twice(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls <= 2:
            raise OSError("the database is away")
        return await lines_after(*arguments)

    monkeypatch.setattr(live_ledger, "lines_after", fail_twice)
    monkeypatch.setattr(live_ledger, "RETRY_SECONDS", 0.05)
    await stage.save(101, 102)
    assert amounts(await ledger.take(2)) == ["1.01", "1.02"]
    assert calls == 3
