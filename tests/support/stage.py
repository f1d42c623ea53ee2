"""A group with its people, and a look at its books: what most tests of rules begin with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app import clock
from app.models import AccountBalance, BankingGroup, JournalEntry, Member, Posting
from app.runtime import Runtime
from app.services.ledger_check import verify_books
from app.services.people import unassign_officer
from tests.support.api import Api
from tests.support.factories import Factory, Person


@dataclass(frozen=True)
class Line:
    """A posting as the books hold it: account, signed cents, and what it carries."""

    account: str
    amount: int
    subcategory: str | None
    member_id: UUID | None
    balance_after: int
    money_after: int | None


@dataclass(frozen=True)
class Entry:
    """A journal entry and its postings in order."""

    row: JournalEntry
    lines: tuple[Line, ...]

    @property
    def moves(self) -> list[tuple[str, int]]:
        return [(line.account, line.amount) for line in self.lines]


@dataclass(frozen=True)
class Stage:
    """One group, its officer, chair and two members, beside an administrator."""

    runtime: Runtime
    make: Factory
    api: Api
    group: BankingGroup
    officer: Person
    chair: Person
    admin: Person
    jane: Member
    john: Member

    async def entries(self, group_id: UUID | None = None) -> list[Entry]:
        """The group's journal, in order."""
        group_id = group_id or self.group.id
        async with self.runtime.db.reading() as session:
            rows = await session.execute(
                select(Posting)
                .where(col(Posting.group_id) == group_id)
                .order_by(col(Posting.sequence), col(Posting.line))
            )
            lines: dict[int, list[Line]] = defaultdict(list)
            for row in rows.scalars():
                lines[row.sequence].append(
                    Line(
                        row.account,
                        row.amount,
                        row.subcategory,
                        row.member_id,
                        row.balance_after,
                        row.money_after,
                    )
                )
            journal = await session.execute(
                select(JournalEntry)
                .where(col(JournalEntry.group_id) == group_id)
                .order_by(col(JournalEntry.sequence))
            )
            return [Entry(row, tuple(lines[row.sequence])) for row in journal.scalars()]

    async def balances(self, owner: UUID) -> dict[str, int]:
        """Signed cents by account of a group or a member."""
        async with self.runtime.db.reading() as session:
            rows = await session.execute(
                select(col(AccountBalance.account), col(AccountBalance.balance)).where(
                    col(AccountBalance.owner_id) == owner
                )
            )
            return dict(rows.all())

    async def all_of(self, model: type[SQLModel]) -> list[Any]:
        return await rows_of(self.runtime, model)

    async def books_hold(self) -> None:
        """Every group's chain, sums and balances."""
        found = await verify_books(self.runtime)
        assert not found.problems, [str(problem) for problem in found.problems]


async def set_stage(runtime: Runtime, *, start: int = 1) -> Stage:
    """The stage; several on one database count their people from different numbers."""
    make = Factory(runtime)
    make.count_from(start)
    group = await make.group()
    return Stage(
        runtime=runtime,
        make=make,
        api=Api(runtime),
        group=group,
        officer=await make.officer(group),
        chair=await make.chair(group),
        admin=await make.admin(),
        jane=await make.member(group),
        john=await make.member(group),
    )


async def rows_of(runtime: Runtime, model: type[SQLModel]) -> list[Any]:
    """Every row of a table."""
    async with runtime.db.reading() as session:
        return list((await session.execute(select(model))).scalars())


async def unassign(runtime: Runtime, officer: Person, group_id: UUID) -> None:
    """Takes the group out of the officer's hands, as an administrator does."""

    async def work(session: AsyncSession) -> None:
        await unassign_officer(
            session, runtime, None, officer_id=officer.user_id, group_id=group_id
        )

    await runtime.db.transact(work)


async def counts(runtime: Runtime) -> dict[str, int]:
    """How many rows every table has: what must not change where nothing may be written."""
    async with runtime.db.reading() as session:
        found: dict[str, int] = {}
        for table in SQLModel.metadata.sorted_tables:
            if table.name == "sync_refusal":
                # What counts refusals counts them.
                continue
            rows = await session.execute(select(func.count()).select_from(table))
            found[table.name] = rows.scalar_one()
        return found


async def erase(runtime: Runtime, member_id: UUID) -> None:
    """What erasure leaves of a member: the row, without key, name and indexes."""

    async def work(session: AsyncSession) -> None:
        await session.execute(
            update(Member)
            .where(col(Member.id) == member_id)
            .values(
                wrapped_key=None,
                id_number_index=None,
                phone_index=None,
                member_name="",
                name_key="",
                erased_at=clock.now(),
            )
        )

    await runtime.db.transact(work)
