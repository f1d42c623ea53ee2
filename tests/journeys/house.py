"""Two server processes on a database of their own, and a look behind them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import SQLModel, col

from app.config import Settings
from app.models import JournalEntry, Member, SyncOperation
from app.runtime import close_runtime, make_runtime
from app.services.ledger_check import verify_books
from app.services.operations.apply import apply_operations
from app.services.operations.types import Operation, RecordContribution
from tests.support.balancer import Balancer
from tests.support.databases import ROOT
from tests.support.factories import Factory, Person
from tests.support.loops import LoopThread
from tests.support.servers import ServerGroup

T = TypeVar("T")


class House:
    """Playwright holds the test's thread, so whatever is async here runs in the loop's own."""

    def __init__(self, settings: Settings, folder: Path, loop: LoopThread) -> None:
        for app in ("web", "pwa"):
            built = ROOT / app / "dist" / "index.html"
            assert built.is_file(), f"{app}/ is not built: run make build"
        self._loop = loop
        self.servers = ServerGroup(settings, folder)
        # Without Redis: the fixtures' loop stands still between two calls, and would answer nobody.
        self.runtime = make_runtime(replace(settings, redis_url=None))
        self.make = Factory(self.runtime)
        loop.run(self.runtime.events.start)

    @property
    def url(self) -> str:
        return self.servers.url

    @property
    def balancer(self) -> Balancer:
        assert self.servers.balancer is not None
        return self.servers.balancer

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        return self._loop.run(work)

    def stop(self) -> None:
        self._loop.run(lambda: close_runtime(self.runtime))
        self.servers.stop()

    def save(self, officer: Person, member: Member, cents: int) -> None:
        """Regular savings in cash. Nobody who watches is told: for the stage, not for the play."""
        body = RecordContribution(
            member_id=member.id,
            amount=cents,
            contribution_type="REGULAR",
            payment_method="CASH",
        )
        outcomes = self.run(
            lambda: apply_operations(self.runtime, [Operation(officer.actor, body)])
        )
        assert [outcome.outcome for outcome in outcomes] == ["APPLIED"]

    def all_of(self, model: type[SQLModel], **values: Any) -> list[Any]:
        """The rows of `model` whose columns have `values`."""

        async def work() -> list[Any]:
            statement = select(model).filter_by(**values)
            async with self.runtime.db.reading() as session:
                return list((await session.execute(statement)).scalars())

        return self.run(work)

    def operations_of(self, person: Person) -> list[SyncOperation]:
        """What the server keeps under the offlineSyncIds of this person's phones."""
        return self.all_of(SyncOperation, user_id=person.user_id)

    def journal(self, group_id: UUID) -> list[JournalEntry]:
        async def work() -> list[JournalEntry]:
            statement = (
                select(JournalEntry)
                .where(col(JournalEntry.group_id) == group_id)
                .order_by(col(JournalEntry.sequence))
            )
            async with self.runtime.db.reading() as session:
                return list((await session.execute(statement)).scalars())

        return self.run(work)

    def books_hold(self) -> None:
        """Every group's chain, sums and balances."""
        found = self.run(lambda: verify_books(self.runtime))
        assert not found.problems, [str(problem) for problem in found.problems]
