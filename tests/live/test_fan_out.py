"""Many subscribers: each gets everything, and what is the same is executed once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.graphql import live_execution
from app.services.live import Live
from tests.live.client import LEDGER, Following
from tests.live.conftest import Connect, stage_on
from tests.live.hosts import Host
from tests.live.waiting import until

postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
SUBSCRIBERS = 500


def streams(host: Host) -> int:
    live = host.runtime.events._parts.get(Live)
    assert live is None or isinstance(live, Live)
    return sum(len(feed.streams) for feed in live._ledgers.values()) if live else 0


@postgresql
async def test_five_hundred_subscribers_get_every_line_in_order(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    executed = 0
    execute = live_execution.execute_subscription_event

    def counted(executor: Any) -> Any:
        nonlocal executed
        executed += 1
        return execute(executor)

    monkeypatch.setattr(live_execution, "execute_subscription_event", counted)
    stage = await stage_on(host.runtime)
    clients = [await connect(host, stage.admin) for _ in range(SUBSCRIBERS // 10)]
    group = {"groupId": str(stage.group.id)}
    followed: list[Following] = [
        await client.follow(LEDGER, group) for client in clients for _ in range(10)
    ]
    await until(lambda: streams(host) == SUBSCRIBERS, "all follow", seconds=60)
    for cents in range(101, 106):
        await stage.save(cents)
    await stage.save(*range(106, 131))
    expected = [f"1.{cents:02d}" for cents in range(1, 31)]
    for ledger in followed:
        assert [line["amount"] for line in await ledger.take(30, seconds=30)] == expected
    assert executed == 30, "each line once for all"


@postgresql
async def test_what_differs_is_executed_apart(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    group = {"groupId": str(stage.group.id)}
    short = "subscription($groupId: UUID!) { ledgerUpdates(groupId: $groupId) { amount } }"
    two = """subscription Two($groupId: UUID!) { ledgerUpdates(groupId: $groupId) { category } }
             subscription Three($groupId: UUID!) { ledgerUpdates(groupId: $groupId) {
               account group { cashBalance } } }"""
    admin, chair = await connect(host, stage.admin), await connect(host, stage.chair)
    first = await admin.follow(short, group)
    second = await chair.follow(two, group, operationName="Two")
    third = await admin.follow(two, group, operationName="Three")
    await until(lambda: streams(host) == 3, "all follow")
    for cents, balance in ((500, "5.00"), (250, "7.50")):
        await stage.save(cents)
        assert await first.next() == {"amount": f"{cents // 100}.{cents % 100:02d}"}
        assert await second.next() == {"category": "CASH_IN"}
        # What surrounds the line is of now, not of an earlier event.
        assert await third.next() == {"account": "CASH", "group": {"cashBalance": balance}}


@postgresql
async def test_a_fault_of_ours_sends_everybody_to_reconnect(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    await until(lambda: streams(host) == 1, "it follows")
    from app.services import loading

    members, failures = loading.members, 1

    async def fail_at_first(*arguments: Any) -> Any:
        nonlocal failures
        if failures > 0:
            failures -= 1
            raise OSError("the database is away")
        return await members(*arguments)

    monkeypatch.setattr("app.context.loading.members", fail_at_first)
    await stage.save(101)
    assert (await ledger.next())["amount"] == "1.01", "a short fault is not even seen"
    failures = 100
    await stage.save(102)
    # Not 1011, after which clients give up.
    assert (await client.closed())[0] == 1013


@postgresql
async def test_one_who_does_not_read_holds_up_nobody(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    group = {"groupId": str(stage.group.id)}
    stuck = await connect(host, stage.admin)
    await stuck.follow(LEDGER, group)
    brisk = await connect(host, stage.admin)
    ledger = await brisk.follow(LEDGER, group)
    await until(lambda: streams(host) == 2, "both follow")
    stuck._reader.cancel()
    stuck._connection.transport.pause_reading()
    for _ in range(3):
        await stage.save(*[101] * 500)
    lines = await ledger.take(1500, seconds=30)
    assert len({line["id"] for line in lines}) == 1500
    stuck.vanish()
    await asyncio.sleep(0)
