"""Two server processes on a database of their own, and a look behind them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app import clock
from app.config import Settings
from app.models import (
    BankingGroup,
    JournalEntry,
    Member,
    OutboxMessage,
    RefreshToken,
    SyncOperation,
)
from app.runtime import close_runtime, make_runtime
from app.services.ledger_check import verify_books
from app.services.operations.apply import apply_operations
from app.services.operations.types import (
    Operation,
    RecordContribution,
    RegisterMember,
    TrackOfficer,
)
from app.workers.papers import make_papers
from app.workers.topics import work_quick
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
        self._apply(officer, [body])

    def register(self, officer: Person, group: BankingGroup, names: Sequence[str]) -> None:
        """Members by the hundred."""
        self._apply(
            officer,
            [
                RegisterMember(
                    group_id=group.id,
                    member_name=name,
                    id_number=f"{30_000_000 + number}",
                    phone=f"+2547{number:08d}",
                )
                for number, name in enumerate(names)
            ],
        )

    def work(self) -> None:
        """What a worker does of itself: messages are written, papers printed."""

        async def jobs() -> None:
            ctx = {"runtime": self.runtime}
            await work_quick(ctx)
            await make_papers(ctx)

        self.run(jobs)

    def dead_letter(self, member: Member, code: str = "MAY_HAVE_HAPPENED") -> UUID:
        """A message that workers gave up."""
        now = clock.now()
        row = OutboxMessage(
            topic="message",
            member_id=member.id,
            created_at=now,
            available_at=now,
            attempts=1,
            done_at=now,
            dead_at=now,
            dead_code=code,
        )
        row_id = row.id

        async def work(session: AsyncSession) -> None:
            await session.merge(row)

        self.run(lambda: self.runtime.db.transact(work))
        return row_id

    def track(self, officer: Person, *places: tuple[float, float]) -> None:
        """Where an officer on duty has been in the last minutes, and is."""
        started = clock.now() - timedelta(minutes=len(places))
        self._apply(
            officer,
            [
                TrackOfficer(
                    latitude=latitude,
                    longitude=longitude,
                    activity_type="GROUP_MEETING",
                    recorded_at=started + timedelta(minutes=minute),
                    accuracy=12.0,
                    battery_level=71,
                )
                for minute, (latitude, longitude) in enumerate(places)
            ],
        )

    def track_all(self, moves: Sequence[tuple[Person, TrackOfficer]]) -> None:
        """Positions of many officers at once. Nobody who watches is told."""
        operations = [Operation(officer.actor, body) for officer, body in moves]
        outcomes = self.run(lambda: apply_operations(self.runtime, operations))
        assert {outcome.outcome for outcome in outcomes} == {"APPLIED"}

    def _apply(
        self,
        officer: Person,
        bodies: Sequence[RecordContribution | RegisterMember | TrackOfficer],
    ) -> None:
        operations = [Operation(officer.actor, body) for body in bodies]
        outcomes = self.run(lambda: apply_operations(self.runtime, operations))
        assert {outcome.outcome for outcome in outcomes} == {"APPLIED"}

    def age_sign_ins(self, person: Person, days: int) -> None:
        """As if every session of this person had begun so much earlier."""

        async def work(session: AsyncSession) -> None:
            statement = select(RefreshToken).where(col(RefreshToken.user_id) == person.user_id)
            for token in (await session.execute(statement)).scalars():
                token.expires_at -= timedelta(days=days)

        self.run(lambda: self.runtime.db.transact(work))

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
