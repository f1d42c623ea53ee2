"""The live part of a process: who follows what, and which bell wakes whom."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from app.auth.access import groups_reach, load_group
from app.auth.actor import Actor
from app.errors import NotFound
from app.events import ACCESS, LEDGER, LOCATIONS, Payload
from app.runtime import Runtime
from app.services.live_ledger import LedgerFeed, LedgerStream
from app.services.live_locations import LocationFeed, LocationStream
from app.services.live_notices import FETCH_AGAIN, NoticeStream


class Live:
    """The feeds of this process; made with the first subscriber, closed with the events."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._ledgers: dict[UUID, LedgerFeed] = {}
        self._locations: LocationFeed | None = None
        self._notices: set[NoticeStream] = set()
        events = runtime.events
        self._stop_listening = [
            events.on(LEDGER, self._on_ledger),
            events.on(LOCATIONS, self._on_location),
            events.on(ACCESS, self._on_access),
            events.on_missed(self._on_missed),
        ]

    async def close(self) -> None:
        for stop in self._stop_listening:
            stop()
        for feed in self._ledgers.values():
            feed.close()
        self._ledgers.clear()
        if self._locations is not None:
            self._locations.close()

    def follow_ledger(self, actor: Actor, group_id: UUID, cursor: int) -> LedgerStream:
        stream = LedgerStream(
            self._runtime, actor, group_id, cursor, self._on_overflow, self._leave_ledger
        )
        feed = self._ledgers.get(group_id)
        if feed is None:
            feed = self._ledgers[group_id] = LedgerFeed(self._runtime, group_id, cursor)
        stream.join(feed)
        return stream

    async def follow_locations(
        self, actor: Actor, groups: frozenset[UUID] | None
    ) -> LocationStream:
        feed = self._locations = self._locations or LocationFeed(self._runtime)
        # The feed listens already, so nothing slips between its reading and what comes next.
        await feed.fill()
        return LocationStream(feed, actor, groups, self._on_overflow)

    def follow_notices(self, actor: Actor) -> NoticeStream:
        stream = NoticeStream(actor, self._notices.discard)
        self._notices.add(stream)
        return stream

    def _leave_ledger(self, stream: LedgerStream) -> None:
        feed = self._ledgers.get(stream.group_id)
        if feed is None:
            return
        feed.streams.discard(stream)
        if not feed.streams:
            del self._ledgers[stream.group_id]
            feed.close()

    def _on_ledger(self, payload: Payload) -> None:
        feed = self._ledgers.get(UUID(payload["group_id"]))
        if feed is not None:
            feed.ring(int(payload["sequence"]))

    def _on_location(self, payload: Payload) -> None:
        if self._locations is not None:
            self._locations.receive(payload)

    async def _on_access(self, payload: Payload) -> None:
        # The user may be an officer whose groups, or whose activity, are others now.
        if self._locations is not None:
            await self._locations.refresh(UUID(payload["user_id"]))

    def _on_missed(self) -> None:
        for feed in self._ledgers.values():
            feed.ring()
        if self._locations is not None:
            self._locations.ring()
        for notices in self._notices:
            notices.tell(FETCH_AGAIN)

    def _on_overflow(self, actor: Actor) -> None:
        for notices in self._notices:
            if notices.actor.user_id == actor.user_id:
                notices.tell(FETCH_AGAIN)


def _live(runtime: Runtime) -> Live:
    return runtime.events.part(Live, lambda: Live(runtime))


async def ledger_updates(runtime: Runtime, actor: Actor, group_id: UUID) -> LedgerStream:
    """Each line of the group's cash ledger from now on; NotFound outside reach."""
    async with runtime.db.reading() as session:
        group = await load_group(session, actor, group_id)
    return _live(runtime).follow_ledger(actor, group_id, group.book_sequence)


async def officer_locations(
    runtime: Runtime, actor: Actor, group_ids: Sequence[UUID] | None
) -> LocationStream:
    """The visible officers' places, then each new one; NotFound for a group outside reach."""
    groups = None if group_ids is None else frozenset(group_ids)
    if groups:
        async with runtime.db.reading() as session:
            if await groups_reach(session, actor, groups) != groups:
                raise NotFound("There is no such group.", field="groupIds")
    return await _live(runtime).follow_locations(actor, groups)


async def notices(runtime: Runtime, actor: Actor) -> NoticeStream:
    """The server's own notices to this user."""
    return _live(runtime).follow_notices(actor)
