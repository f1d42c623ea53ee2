"""Where the officers are now: the last known place of each, then every new one."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.auth.actor import Actor
from app.models import FieldOfficer, OfficerLocation, Role
from app.runtime import Runtime
from app.services.live_streams import RETRY_SECONDS, Batch, Stream
from app.services.tracking import groups_of_officers

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.05
"""Positions that come within this time are one batch, whose names are loaded together."""
POLL_SECONDS = 60.0
SHARE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """An officer's last known position, numbered as this process learned of it."""

    officer_id: UUID
    latitude: float
    longitude: float
    accuracy: float | None
    activity_type: str
    member_id: UUID | None
    battery_level: int | None
    recorded_at: datetime
    groups: frozenset[UUID]
    number: int
    moved: int
    """Its number when the position was last a new one."""
    groups_before: frozenset[UUID]
    """The officer's groups when that position was last given out."""


class LocationFeed:
    """The last known place of every active officer, in the order of learning."""

    def __init__(self, runtime: Runtime) -> None:
        self._db = runtime.db
        self.places: dict[UUID, Place] = {}
        self.number = 0
        self.streams: set[LocationStream] = set()
        self._news: list[Place] = []
        self._flush: asyncio.TimerHandle | None = None
        self._since: tuple[int, int, float, Batch[Place]] | None = None
        self._bell = asyncio.Event()
        self._lock = asyncio.Lock()
        self._filled = False
        self._task = asyncio.create_task(self._run())

    async def fill(self) -> None:
        """Reads all places once; positions that arrive while it reads are kept if newer."""
        async with self._lock:
            if not self._filled:
                await self._load(None)
                self._filled = True

    def receive(self, payload: dict[str, Any]) -> None:
        """A position from any process; one that comes late moves nobody back."""
        known = self.places.get(UUID(payload["officer_id"]))
        recorded_at = datetime.fromisoformat(payload["recorded_at"])
        if known is not None and recorded_at <= known.recorded_at:
            return
        self._learn(
            OfficerLocation(
                officer_id=UUID(payload["officer_id"]),
                latitude=payload["latitude"],
                longitude=payload["longitude"],
                accuracy=payload["accuracy"],
                activity_type=payload["activity_type"],
                member_id=UUID(payload["member_id"]) if payload["member_id"] else None,
                battery_level=payload["battery_level"],
                recorded_at=recorded_at,
                received_at=recorded_at,
            ),
            frozenset(UUID(group) for group in payload["group_ids"]),
        )

    def ring(self) -> None:
        """Positions may have been missed: read them all."""
        self._bell.set()

    async def refresh(self, officer_id: UUID) -> None:
        """The officer's groups or activity have changed."""
        async with self._lock:
            await self._load(officer_id)

    def since(self, number: int) -> Batch[Place]:
        """The places learned after `number`; the same batch for all who ask together."""
        now = time.monotonic()
        if self._since is not None:
            asked, reached, made, batch = self._since
            if (asked, reached) == (number, self.number) and now - made < SHARE_SECONDS:
                return batch
        # The dictionary is in the order of the numbers.
        batch = Batch(
            [place for place in self.places.values() if place.number > number], self.number
        )
        self._since = (number, self.number, now, batch)
        return batch

    def close(self) -> None:
        if self._flush is not None:
            self._flush.cancel()
        self._task.cancel()

    def _learn(self, row: OfficerLocation, groups: frozenset[UUID]) -> None:
        known = self.places.get(row.officer_id)
        moved = known is None or row.recorded_at > known.recorded_at
        if known is not None and not moved and groups == known.groups:
            return
        self.number += 1
        if known is not None and not moved:
            place = replace(known, groups=groups, number=self.number, groups_before=known.groups)
        else:
            place = Place(
                officer_id=row.officer_id,
                latitude=row.latitude,
                longitude=row.longitude,
                accuracy=row.accuracy,
                activity_type=row.activity_type,
                member_id=row.member_id,
                battery_level=row.battery_level,
                recorded_at=row.recorded_at,
                groups=groups,
                number=self.number,
                moved=self.number,
                groups_before=groups,
            )
        self.places.pop(place.officer_id, None)
        self.places[place.officer_id] = place
        self._news.append(place)
        if self._flush is None:
            self._flush = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._spread)

    def _spread(self) -> None:
        self._flush = None
        batch = Batch(self._news, self._news[-1].number)
        self._news = []
        for stream in list(self.streams):
            stream.offer(batch)

    async def _load(self, officer_id: UUID | None) -> None:
        """Learns from the database; forgets those who are no longer active."""
        statement = (
            select(OfficerLocation)
            .join(FieldOfficer, col(FieldOfficer.id) == col(OfficerLocation.officer_id))
            .where(col(FieldOfficer.is_active).is_(True))
            .order_by(col(OfficerLocation.recorded_at))
        )
        if officer_id is not None:
            statement = statement.where(col(OfficerLocation.officer_id) == officer_id)
        before = {officer_id} if officer_id is not None else set(self.places)
        async with self._db.reading() as session:
            rows = (await session.execute(statement)).scalars().all()
            groups = await groups_of_officers(session, [officer_id] if officer_id else None)
        for row in rows:
            self._learn(row, groups.get(row.officer_id, frozenset()))
        for gone in before - {row.officer_id for row in rows}:
            self.places.pop(gone, None)

    async def _run(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS * random.uniform(0.8, 1)):
                    await self._bell.wait()
            self._bell.clear()
            if not self.streams:
                # The next subscriber reads everything anew.
                self._filled = False
                continue
            try:
                async with self._lock:
                    await self._load(None)
            except Exception:
                log.exception("live: the officers' locations cannot be read; trying again")
                await asyncio.sleep(RETRY_SECONDS)
                self._bell.set()


class LocationStream(Stream[Place]):
    """One subscriber's view of the officers: those within reach, of the groups asked for."""

    def __init__(
        self,
        feed: LocationFeed,
        actor: Actor,
        groups: frozenset[UUID] | None,
        on_overflow: Callable[[Actor], None],
    ) -> None:
        super().__init__(actor, on_overflow)
        self._feed = feed
        self._groups = groups
        self._cursor = 0
        feed.streams.add(self)
        # The first thing to give is all places that are known.
        self._fall_behind()

    def _select(self, batch: Batch[Place]) -> Sequence[Place]:
        after, self._cursor = self._cursor, max(self._cursor, batch.reached)
        return [place for place in batch.items if self._is_new(place, after)]

    def _is_new(self, place: Place, after: int) -> bool:
        if place.number <= after or not self._may_see(place.officer_id, place.groups):
            return False
        # An officer who was only given other groups is news to those who did not see them.
        return place.moved > after or not self._may_see(place.officer_id, place.groups_before)

    def _may_see(self, officer_id: UUID, groups: frozenset[UUID]) -> bool:
        if self._groups is not None and not self._groups & groups:
            return False
        if self.actor.is_admin:
            return True
        if self.actor.role is Role.FIELD_OFFICER:
            return officer_id == self.actor.user_id
        return self.actor.group_id in groups

    async def _catch_up(self) -> Batch[Place]:
        return self._feed.since(self._cursor)

    async def rejudge(self, actor: Actor, *, told: bool) -> None:
        """Filters anew at once, and shows again all that may be seen now."""
        if not told and actor == self.actor:
            return
        self.actor = actor
        self._items = ()
        self._cursor = 0
        self._fall_behind()

    def leave(self) -> None:
        self._feed.streams.discard(self)
