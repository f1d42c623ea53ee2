"""Each new line of a group's cash ledger, in order, none twice and none lost."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.auth.access import load_group
from app.auth.actor import Actor
from app.db import Database
from app.models import BankingGroup
from app.runtime import Runtime
from app.services.cash_ledger import LedgerLine, lines_after
from app.services.live_streams import RETRY_SECONDS, Batch, Stream, make_shared

log = logging.getLogger(__name__)

POLL_SECONDS = 15.0
"""Where every bell was lost, a new line is seen after this long."""
STRETCH = 1_000


class Stretch(NamedTuple):
    """A piece of the ledger: whole entries up to `reached`."""

    lines: list[LedgerLine]
    reached: int
    more: bool


async def read_stretch(db: Database, group_id: UUID, after: int) -> Stretch:
    """What stands in the ledger after that sequence.

    Sequences are taken under the group's lock, so what is committed has no gaps before it.
    """
    async with db.reading() as session:
        head_of = select(col(BankingGroup.book_sequence)).where(col(BankingGroup.id) == group_id)
        head = (await session.execute(head_of)).scalar_one()
        if head <= after:
            return Stretch([], after, more=False)
        lines = await lines_after(session, group_id, after, STRETCH)
    reached = min(head, after + STRETCH)
    if lines:
        reached = max(reached, lines[-1].sequence)
    return Stretch(lines, reached, more=reached < head)


class LedgerFeed:
    """A group's new lines in this process, for as long as somebody follows them."""

    def __init__(self, runtime: Runtime, group_id: UUID, reached: int) -> None:
        self.db = runtime.db
        self.group_id = group_id
        self.reached = reached
        self.streams: set[LedgerStream] = set()
        self._bell = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    def ring(self, sequence: int | None = None) -> None:
        """There may be lines up to `sequence`; old, doubled and late bells cost nothing."""
        if sequence is None or sequence > self.reached:
            self._bell.set()

    def close(self) -> None:
        self._task.cancel()

    async def _run(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS * random.uniform(0.8, 1)):
                    await self._bell.wait()
            self._bell.clear()
            try:
                await self._read()
            except Exception:
                log.exception("live: the ledger of %s cannot be read; trying again", self.group_id)
                await asyncio.sleep(RETRY_SECONDS)
                self._bell.set()

    async def _read(self) -> None:
        more = True
        while more:
            lines, reached, more = await read_stretch(self.db, self.group_id, self.reached)
            self.reached = reached
            if lines:
                batch = Batch(lines, reached)
                # Who joins meanwhile is behind `reached` and reads these lines from the books.
                await make_shared(batch, self.streams)
                for stream in list(self.streams):
                    stream.offer(batch)


class LedgerStream(Stream[LedgerLine]):
    """One subscriber's place in a group's ledger."""

    def __init__(
        self,
        runtime: Runtime,
        actor: Actor,
        group_id: UUID,
        cursor: int,
        on_overflow: Callable[[Actor], None],
        on_leave: Callable[[LedgerStream], None],
    ) -> None:
        super().__init__(actor, on_overflow)
        self.group_id = group_id
        self._db = runtime.db
        self._cursor = cursor
        self._on_leave = on_leave

    def join(self, feed: LedgerFeed) -> None:
        feed.streams.add(self)
        if feed.reached > self._cursor:
            self._fall_behind()

    def _select(self, batch: Batch[LedgerLine]) -> Sequence[LedgerLine]:
        after, self._cursor = self._cursor, max(self._cursor, batch.reached)
        return [line for line in batch.items if line.sequence > after]

    async def _catch_up(self) -> Batch[LedgerLine]:
        stretch = await read_stretch(self._db, self.group_id, self._cursor)
        if stretch.more:
            self._fall_behind()
        return Batch(stretch.lines, stretch.reached)

    async def rejudge(self, actor: Actor, *, told: bool) -> None:
        self.actor = actor
        async with self._db.reading() as session:
            await load_group(session, actor, self.group_id)

    def leave(self) -> None:
        self._on_leave(self)
