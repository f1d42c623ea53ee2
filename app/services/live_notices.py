"""What the server has to say about itself: fetch again, your access has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.auth.actor import Actor
from app.services.live_streams import Batch, Stream

FETCH_AGAIN = "FETCH_AGAIN"
ACCESS_CHANGED = "ACCESS_CHANGED"


@dataclass(frozen=True, slots=True)
class Notice:
    kind: str
    at: datetime


class NoticeStream(Stream[Notice]):
    """One subscriber's notices. Two of a kind that wait are one, so the queue needs no bound."""

    def __init__(self, actor: Actor, on_leave: Callable[[NoticeStream], None]) -> None:
        super().__init__(actor, lambda _actor: None)
        self._on_leave = on_leave
        self._waiting: dict[str, Notice] = {}

    def tell(self, kind: str) -> None:
        self._waiting[kind] = Notice(kind, clock.now())
        self._fall_behind()

    def _select(self, batch: Batch[Notice]) -> Sequence[Notice]:
        return batch.items

    async def _catch_up(self) -> Batch[Notice]:
        waiting, self._waiting = self._waiting, {}
        return Batch(list(waiting.values()), 0)

    async def rejudge(self, actor: Actor, *, told: bool) -> None:
        if told or actor != self.actor:
            self.tell(ACCESS_CHANGED)
        self.actor = actor

    def leave(self) -> None:
        self._on_leave(self)
