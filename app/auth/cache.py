"""Which access tokens were found good a moment ago, so that a request needs no database.

A process holds an answer for at most TTL seconds and drops a user's answers at once on an
`access` event, so that a sign-out, a deactivation or a changed role takes hold everywhere:
at once while the broker is there, within TTL while it is not.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any
from uuid import UUID

from app.auth.actor import Actor

TTL = 5.0
MOST = 10_000


class TokenCache:
    """Bounded; the oldest answers leave first."""

    def __init__(self, ttl: float = TTL, most: int = MOST) -> None:
        self._ttl = ttl
        self._most = most
        self._found: OrderedDict[str, tuple[Actor, float]] = OrderedDict()
        self._generation = 0

    @property
    def generation(self) -> int:
        """Moves on with every `forget`; an answer read before it must not be kept after it."""
        return self._generation

    def get(self, token: str) -> Actor | None:
        entry = self._found.get(token)
        if entry is None:
            return None
        actor, until = entry
        # `until` is monotonic and ends no later than the token itself.
        if until <= time.monotonic():
            self._found.pop(token, None)
            return None
        return actor

    def keep(self, token: str, actor: Actor, *, lifetime: float, generation: int) -> None:
        """Remembers the actor, unless someone was forgotten while the database was asked."""
        if generation != self._generation:
            return
        self._found[token] = (actor, time.monotonic() + min(self._ttl, lifetime))
        self._found.move_to_end(token)
        while len(self._found) > self._most:
            self._found.popitem(last=False)

    def forget(self, user_id: UUID) -> None:
        """Drops every answer about this user."""
        self._generation += 1
        for token in [
            token for token, (actor, _) in self._found.items() if actor.user_id == user_id
        ]:
            del self._found[token]

    def forget_all(self) -> None:
        """Drops everything: the broker was away, so `access` events may have been lost."""
        self._generation += 1
        self._found.clear()

    async def on_access_event(self, payload: dict[str, Any]) -> None:
        """The listener for the `access` topic."""
        self.forget(UUID(str(payload["user_id"])))
