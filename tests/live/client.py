"""A client of graphql-transport-ws, as plain as the protocol."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from itertools import count
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PROTOCOL = Subprotocol("graphql-transport-ws")
SECONDS = 10.0

LEDGER = """
subscription Ledger($groupId: UUID!) {
  ledgerUpdates(groupId: $groupId) { id amount category subcategory balanceAfter description }
}
"""
LOCATIONS = """
subscription Locations($groupIds: [UUID!]) {
  officerLocations(groupIds: $groupIds) {
    officer { id user { name } } latitude longitude recordedAt batteryLevel activityType
  }
}
"""
NOTICES = "subscription { notices { kind at } }"


class Following:
    """One operation: its messages in order, and how it ended."""

    def __init__(self, client: LiveClient, id: str) -> None:
        self.id = id
        self._client = client
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def message(self, seconds: float = SECONDS) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            return await self.messages.get()

    async def next(self, seconds: float = SECONDS) -> Any:
        """The next event's data, under its one field."""
        message = await self.message(seconds)
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        (found,) = message["payload"]["data"].values()
        return found

    async def take(self, number: int, seconds: float = SECONDS) -> list[Any]:
        return [await self.next(seconds) for _ in range(number)]

    async def error(self) -> Any:
        message = await self.message()
        assert message["type"] == "error", message
        return message["payload"]

    async def silent(self, seconds: float = 0.3) -> None:
        await asyncio.sleep(seconds)
        assert self.messages.empty(), self.messages.get_nowait()

    async def complete(self) -> None:
        await self._client.send({"id": self.id, "type": "complete"})


class LiveClient:
    """One connection. Everything that comes is sorted by operation as it comes."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = count(1)
        self._followings: dict[str, Following] = {}
        self.others: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, address: str, token: str | None, **options: Any) -> LiveClient:
        """Connected, and initialised with the token where one is given."""
        connection = await connect(
            f"ws://{address}/graphql",
            subprotocols=[PROTOCOL],
            compression=None,
            max_queue=None,
            **options,
        )
        client = cls(connection)
        if token is not None:
            await client.send(
                {"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}
            )
            await client.until("connection_ack")
        return client

    async def follow(
        self, query: str, variables: dict[str, Any] | None = None, **more: Any
    ) -> Following:
        following = Following(self, str(next(self._ids)))
        self._followings[following.id] = following
        payload = {"query": query, "variables": variables, **more}
        await self.send({"id": following.id, "type": "subscribe", "payload": payload})
        return following

    async def send(self, message: Any) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        await self._connection.send(text)

    async def until(self, kind: str) -> dict[str, Any]:
        """The next message of a kind that belongs to no operation."""
        async with asyncio.timeout(SECONDS):
            while not self.others[kind]:
                if self._reader.done():
                    raise AssertionError(f"closed instead of {kind}: {self._connection.close_code}")
                await asyncio.sleep(0.005)
        return self.others[kind].pop(0)

    async def closed(self, seconds: float = SECONDS) -> tuple[int | None, str | None]:
        """The server's close code and reason, once it has hung up."""
        async with asyncio.timeout(seconds):
            await self._connection.wait_closed()
        return self._connection.close_code, self._connection.close_reason

    async def close(self) -> None:
        await self._connection.close()
        await asyncio.gather(self._reader, return_exceptions=True)

    def vanish(self) -> None:
        """Gone without a word."""
        self._connection.transport.abort()

    async def _read(self) -> None:
        try:
            async for text in self._connection:
                message = json.loads(text)
                following = self._followings.get(message.get("id", ""))
                if following is not None:
                    following.messages.put_nowait(message)
                else:
                    self.others[message["type"]].append(message)
        except ConnectionClosed:
            pass
