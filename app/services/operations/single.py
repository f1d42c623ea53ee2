"""Single mutations through the one way in; concurrent ones of a process share a commit."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from app.runtime import Runtime
from app.services.operations.apply import apply_operations
from app.services.operations.isolate import apply_isolated
from app.services.operations.types import Operation, Outcome

MAX_SHARED = 200
MAX_FLIGHTS = 2


@dataclass(slots=True)
class Batcher:
    """Takes what is queued, applies it in one transaction, answers after the commit.

    A batch waits `wait_ms` for company only while another is in flight anyway, so a lone
    mutation is not delayed.
    """

    runtime: Runtime
    waiting: list[tuple[Operation, asyncio.Future[Outcome]]] = field(default_factory=list)
    flights: set[asyncio.Task[None]] = field(default_factory=set)

    async def submit(self, operation: Operation) -> Outcome:
        """The operation's outcome, once it is committed."""
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.waiting.append((operation, answer))
        self._depart()
        return await answer

    def _depart(self) -> None:
        if self.waiting and len(self.flights) < MAX_FLIGHTS:
            flight = asyncio.create_task(self._fly())
            self.flights.add(flight)
            flight.add_done_callback(self._arrived)

    def _arrived(self, flight: asyncio.Task[None]) -> None:
        self.flights.discard(flight)
        self._depart()

    async def _fly(self) -> None:
        await asyncio.sleep(
            self.runtime.settings.batch_wait_ms / 1000 if len(self.flights) > 1 else 0
        )
        batch, self.waiting[:] = self.waiting[:MAX_SHARED], self.waiting[MAX_SHARED:]
        if not batch:
            return
        found: list[Outcome | Exception]
        try:
            found = await apply_isolated(self.runtime, [item[0] for item in batch])
        except Exception as outage:
            found = [outage] * len(batch)
        for (_, answer), outcome in zip(batch, found, strict=True):
            if answer.done():
                continue
            if isinstance(outcome, Outcome):
                answer.set_result(outcome)
            else:
                answer.set_exception(outcome)


_batchers: WeakKeyDictionary[Runtime, Batcher] = WeakKeyDictionary()


async def carry_out(runtime: Runtime, operation: Operation) -> Outcome:
    """Applies one operation; raises its error when it is refused, in conflict, or HELD: money
    that a batch sent before under this id, and that has no place in the books yet."""
    batcher = _batchers.get(runtime)
    if batcher is None:
        batcher = _batchers[runtime] = Batcher(runtime)
    outcome = await batcher.submit(operation)
    if outcome.error is not None:
        raise outcome.error
    return outcome


async def carry_out_alone(runtime: Runtime, operation: Operation) -> Outcome:
    """As `carry_out`, in a transaction of its own: for rules that read sums of the whole books,
    which no neighbour in the list may move meanwhile."""
    (outcome,) = await apply_operations(runtime, [operation])
    if outcome.error is not None:
        raise outcome.error
    return outcome
