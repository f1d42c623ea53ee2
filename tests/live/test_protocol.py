"""graphql-transport-ws, message by message."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest
from websockets.asyncio.client import connect as connect_plainly
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from app import clock
from app.config import Settings
from app.graphql import live_socket
from tests.live.client import LEDGER, NOTICES
from tests.live.conftest import Connect, stage_on
from tests.live.hosts import Host
from tests.live.waiting import until

sqlite = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
pytestmark = sqlite


async def test_init_is_acknowledged_and_pings_are_answered(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    await client.send({"type": "ping", "payload": {"at": 1}})
    assert await client.until("pong") == {"type": "pong", "payload": {"at": 1}}
    await client.send({"type": "ping"})
    assert await client.until("pong") == {"type": "pong"}
    await client.send({"type": "pong"})


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}, 4401),
        ({"type": "connection_init"}, 4403),
        ({"type": "connection_init", "payload": {"authorization": "Bearer x.y.z"}}, 4403),
        ({"type": "connection_init", "payload": {"authorization": 7}}, 4403),
        ({"type": "connection_init", "payload": []}, 4400),
        ({"type": "start"}, 4400),
        ([], 4400),
        ("{", 4400),
        ("\ud83d", 4400),
        ('{"type": NaN}', 4400),
        ({"type": "complete"}, 4400),
    ],
)
async def test_what_closes_an_uninitialised_socket(
    host: Host, connect: Connect, message: Any, code: int
) -> None:
    client = await connect(host)
    await client.send(message if message != "\ud83d" else '"\\ud83d"')
    assert (await client.closed())[0] == code


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "connection_init"}, 4429),
        ({"type": "subscribe", "payload": {"query": "{ __typename }"}}, 4400),
        ({"type": "subscribe", "id": "", "payload": {"query": "{ __typename }"}}, 4400),
        ({"type": "subscribe", "id": "1", "payload": {}}, 4400),
        ({"type": "subscribe", "id": "1"}, 4400),
        (
            {"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "variables": 1}},
            4400,
        ),
        ({"type": "ping", "payload": "x" * 2_000_000}, 1009),
    ],
)
async def test_what_closes_an_initialised_socket(
    host: Host, connect: Connect, message: Any, code: int
) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    await client.send(message)
    assert (await client.closed())[0] == code


async def test_binary_messages_are_refused(host: Host, connect: Connect) -> None:
    client = await connect(host)
    await client._connection.send(b"{}")
    assert (await client.closed())[0] == 4400


async def test_a_socket_that_is_not_initialised_in_time_is_closed(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_socket, "INIT_SECONDS", 0.1)
    client = await connect(host)
    assert (await client.closed())[0] == 4408


async def test_another_subprotocol_is_not_spoken(host: Host) -> None:
    async with connect_plainly(
        f"ws://{host.address}/graphql", subprotocols=[Subprotocol("graphql-ws")]
    ) as connection:
        await connection.wait_closed()
    assert connection.close_code == 4406


async def test_an_id_in_use_closes_the_socket_and_a_used_one_may_come_again(
    host: Host, connect: Connect
) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    notices = await client.follow(NOTICES)
    await notices.complete()
    again = {"id": notices.id, "type": "subscribe", "payload": {"query": NOTICES}}
    await client.send(again)
    await client.send({"type": "ping"})
    await client.until("pong")
    await client.send(again)
    code, reason = await client.closed()
    assert (code, reason) == (4409, f"Subscriber for {notices.id} already exists")


async def test_queries_and_mutations_run_over_the_socket(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.officer)
    query = await client.follow(
        "query Me { me { name role } }", operationName="Me", extensions={"a": 1}
    )
    assert await query.next() == {"name": stage.officer.name, "role": "FIELD_OFFICER"}
    assert (await query.message())["type"] == "complete"
    mutation = await client.follow(
        """mutation { trackOfficer(input: {
             latitude: -0.3, longitude: 36.1, activityType: TRAVEL }) { latitude } }"""
    )
    assert await mutation.next() == {"latitude": -0.3}
    assert (await mutation.message())["type"] == "complete"
    failed = await client.follow('{ group(id: "nonsense") { id } }')
    (error,) = await failed.error()
    assert error["extensions"]["code"] == "BAD_INPUT"


async def test_at_most_so_many_operations_run_at_once(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_socket, "MOST_OPERATIONS", 3)
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    followed = [await client.follow(NOTICES) for _ in range(3)]
    refused = await client.follow(NOTICES)
    (error,) = await refused.error()
    assert error["extensions"]["code"] == "TOO_MANY_REQUESTS"
    await followed[0].complete()
    allowed = await client.follow(NOTICES)
    await allowed.silent(0.1)


@pytest.mark.parametrize(
    ("origin", "accepted"),
    [
        (None, True),
        ("http://{address}", True),
        ("https://office.example", True),
        ("https://elsewhere.example", False),
        ("null", False),
        ("http://localhost.evil.example", False),
    ],
)
async def test_a_page_from_elsewhere_may_not_connect(
    settings: Settings, origin: str | None, accepted: bool
) -> None:
    host = Host(replace(settings, allowed_origins=("https://office.example",)))
    await host.start()
    try:
        where = origin.format(address=host.address) if origin else None
        headers = {"Origin": where} if where else None
        connecting = connect_plainly(
            f"ws://{host.address}/graphql",
            subprotocols=[Subprotocol("graphql-transport-ws")],
            additional_headers=headers,
        )
        if accepted:
            async with connecting:
                pass
        else:
            with pytest.raises(InvalidStatus) as refused:
                await connecting
            assert refused.value.response.status_code == 403
    finally:
        await host.stop()


async def test_messages_are_not_compressed(host: Host) -> None:
    async with connect_plainly(
        f"ws://{host.address}/graphql",
        subprotocols=[Subprotocol("graphql-transport-ws")],
        compression="deflate",
    ) as connection:
        assert connection.protocol.extensions == []


async def test_the_socket_closes_when_the_token_ends(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    sign_in = await stage.factory.sign_in(stage.admin)
    secret = host.runtime.settings.jwt_secret_key
    claims = jwt.decode(
        sign_in.access_token, secret, algorithms=["HS256"], options={"verify_aud": False}
    )
    claims["exp"] = int((clock.now() + timedelta(seconds=2)).timestamp())
    client = await connect(host)
    token = jwt.encode(claims, secret, algorithm="HS256")
    payload = {"authorization": f"Bearer {token}"}
    await client.send({"type": "connection_init", "payload": payload})
    await client.until("connection_ack")
    await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    assert await client.closed(4) == (4403, "token expired")


async def test_nothing_is_left_when_a_client_vanishes(host: Host, connect: Connect) -> None:
    from app.services.live import Live

    stage = await stage_on(host.runtime)
    before = len(asyncio.all_tasks())
    for ending in ("close", "vanish"):
        client = await connect(host, stage.admin)
        await client.follow(LEDGER, {"groupId": str(stage.group.id)})
        await client.follow(NOTICES)
        await client.follow("subscription { officerLocations { latitude } }")
        live = host.runtime.events.part(Live, lambda: Live(host.runtime))
        await until(lambda: len(live._notices) == 1 and len(live._ledgers) == 1, "all three")  # noqa: B023
        await until(lambda: live._locations is not None, "all three")  # noqa: B023
        if ending == "close":
            await client.close()
        else:
            client.vanish()
        await until(lambda: not host.sockets._sockets, f"the socket is forgotten after {ending}")
        assert not live._notices
        assert not live._ledgers
        assert live._locations is not None
        assert not live._locations.streams
    # What stays is one feed of the locations and the listener that refreshes it.
    await until(lambda: len(asyncio.all_tasks()) <= before + 3, "no task is left behind")


async def test_a_json_bomb_of_depth_is_no_crash(host: Host, connect: Connect) -> None:
    client = await connect(host)
    await client.send("[" * 100_000 + "]" * 100_000)
    assert (await client.closed())[0] == 4400


async def test_a_query_too_deep_is_refused_over_the_socket(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)
    deep = "group { " * 40 + "id" + " }" * 40
    refused = await client.follow(
        f"subscription {{ ledgerUpdates(groupId: {json.dumps(str(stage.group.id))}) {{ {deep} }} }}"
    )
    assert (await refused.error())[0]["extensions"]["code"] == "BAD_INPUT"
