"""One ledger event to 500 subscribers, over real WebSockets to the server processes."""

from __future__ import annotations

import asyncio
import base64
import os
import time

import orjson

from bench import load, product
from bench.world import World

SUBSCRIBERS = 500
UPDATES = """
subscription Updates($groupId: UUID!) {
  ledgerUpdates(groupId: $groupId) {
    id transactionDate account category subcategory amount description referenceDoc balanceAfter
  }
}
"""
NEXT = b'"type":"next"'


def deliveries(world: World, events: int, times: int = 1) -> float:
    """Deliveries a second to all subscribers of `events` lines, posted as one batch.

    From the request that posts them until the last subscriber has the last line; `times` over,
    each after the one before has arrived everywhere.
    """
    return asyncio.run(_deliveries(world, events, times))


async def _deliveries(world: World, events: int, times: int) -> float:
    officer = world.officers[0]
    group = officer.groups[0]
    members = officer.members[:30]
    ports = product.ports(world)
    subscribers = [
        await Subscriber.open(ports[number % len(ports)], officer.token, str(group))
        for number in range(SUBSCRIBERS)
    ]
    await asyncio.sleep(1)
    seconds = 0.0
    for _ in range(times):
        operations = []
        for number in range(events):
            paid = product.contribution(officer)
            paid["memberId"] = str(members[number % len(members)])
            operations.append({"recordContribution": paid})
        request = load.post(officer.token, product.SYNC, {"operations": operations})
        counting = [asyncio.create_task(one.count(events)) for one in subscribers]
        await asyncio.sleep(0.1)
        started = time.perf_counter()
        await asyncio.to_thread(load.run, ports[:1], [request], 1)
        async with asyncio.timeout(120):
            await asyncio.gather(*counting)
        seconds += time.perf_counter() - started
    for one in subscribers:
        one.close()
    return SUBSCRIBERS * events * times / seconds


class Subscriber:
    """A WebSocket that only counts: parsing every message would measure the client."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int, token: str, group: str) -> Subscriber:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(
            f"GET /graphql HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head:
            raise RuntimeError(head.decode())
        self = cls(reader, writer)
        self._send({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
        if b"connection_ack" not in await reader.read(4096):
            raise RuntimeError("the connection was not acknowledged")
        payload = {"query": UPDATES, "variables": {"groupId": group}}
        self._send({"id": "1", "type": "subscribe", "payload": payload})
        return self

    async def count(self, expected: int) -> None:
        """Returns once `expected` lines have come."""
        rest = b""
        found = 0
        while found < expected:
            chunk = await self._reader.read(65536)
            if not chunk:
                raise RuntimeError("the server closed a subscription")
            rest += chunk
            found += rest.count(NEXT)
            at = rest.rfind(NEXT)
            rest = rest[at + len(NEXT) :] if at >= 0 else rest[-len(NEXT) :]

    def close(self) -> None:
        self._writer.close()

    def _send(self, message: dict[str, object]) -> None:
        body = orjson.dumps(message)
        mask = os.urandom(4)
        size = len(body)
        head = bytes([0x81, 0x80 | size]) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(body))
        self._writer.write(head + mask + masked)
