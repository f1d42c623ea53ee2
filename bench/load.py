"""A lean HTTP client: requests are made beforehand, so that the client measures the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import orjson


def post(token: str, query: str, variables: object) -> bytes:
    """The bytes of a GraphQL request that keeps its connection open."""
    body = orjson.dumps({"query": query, "variables": variables}, default=str)
    head = (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class Tally:
    """What came back."""

    seconds: float = 0.0
    answers: int = 0
    bodies: list[bytes] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def run(ports: Sequence[int], requests: Sequence[bytes], connections: int) -> Tally:
    """Sends all requests over so many connections, spread over the ports; all must answer 200."""
    return asyncio.run(_run(ports, iter(requests), connections))


async def _run(ports: Sequence[int], requests: Iterator[bytes], connections: int) -> Tally:
    tally = Tally()
    streams = [
        await asyncio.open_connection("127.0.0.1", ports[number % len(ports)], limit=2**24)
        for number in range(connections)
    ]
    started = time.perf_counter()
    await asyncio.gather(*(_serve(*stream, requests, tally) for stream in streams))
    tally.seconds = time.perf_counter() - started
    for _, writer in streams:
        writer.close()
    return tally


async def _serve(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    requests: Iterator[bytes],
    tally: Tally,
) -> None:
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lower = head.lower()
        at = lower.index(b"content-length:") + 15
        body = await reader.readexactly(int(lower[at : lower.index(b"\r\n", at)]))
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{head!r} {body[:500]!r}")
        tally.latencies.append(time.perf_counter() - began)
        tally.answers += 1
        tally.bodies.append(body)
