"""Whatever happens on the way, the books are the same (issue 2, design.md: Sync).

Any split, repetition, reordering across phones, interleaving and loss of batches; each phone's
own order is kept.
"""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import given
from sqlalchemy import func, select
from sqlmodel import col

from app.models import (
    AccountBalance,
    AuditLog,
    Contribution,
    JournalEntry,
    Member,
    Posting,
    ReviewItem,
    ReviewKind,
    SyncOperation,
)
from app.runtime import Runtime
from app.services.ledger_check import verify_books
from tests.properties.budget import examples
from tests.properties.phones import SCRIPTS, SENDINGS, Phone, Scene, Step, make_scene
from tests.support.api import Api


async def books_are_right(scene: Scene) -> None:
    """Balances by account and member, sums, chain, and each operation exactly once."""
    runtime, group = scene.api.runtime, scene.group_id

    async def count(model: Any) -> int:
        async with runtime.db.reading() as session:
            statement = select(func.count()).where(col(model.group_id) == group)
            return int((await session.execute(statement)).scalar_one())

    async with runtime.db.reading() as session:
        rows = await session.execute(
            select(
                col(AccountBalance.owner_id),
                col(AccountBalance.account),
                col(AccountBalance.balance),
            ).where(col(AccountBalance.group_id) == group)
        )
        balances = {(owner, account): cents for owner, account, cents in rows}
        total = await session.execute(
            select(func.sum(col(Posting.amount))).where(col(Posting.group_id) == group)
        )
        kept = await session.execute(
            select(col(SyncOperation.id)).where(col(SyncOperation.group_id) == group)
        )
        operations = [str(key) for key in kept.scalars()]
        waiting = await session.execute(
            select(col(ReviewItem.id)).where(
                col(ReviewItem.group_id) == group,
                col(ReviewItem.kind) == ReviewKind.HELD_CASH.value,
            )
        )
        held = waiting.all()
    books = scene.books
    assert balances == dict(books.balances)
    assert (total.scalar_one() or 0) == 0
    assert await count(JournalEntry) == books.entries
    # Clashes of edits and repeats wait in the inbox too, beside what they are about.
    assert await count(Contribution) + len(held) == books.entries
    assert await count(Member) == books.members
    assert len(operations) == len(set(operations))
    assert books.operations <= set(operations)
    # Every operation that is kept left its one line, edits without a change none.
    assert await count(AuditLog) <= len(operations)
    found = await verify_books(runtime, group)
    assert (found.entries, list(found.problems)) == (books.entries, [])


@examples(30)
@given(scripts=SCRIPTS, sendings=SENDINGS)
async def test_any_splitting_repeating_interleaving_and_losing_gives_the_same_books(
    runtime: Runtime, scripts: list[list[Step]], sendings: list[tuple[int, int, str]]
) -> None:
    scene = await make_scene(Api(runtime), scripts)
    for phone, how_many, fate in sendings:
        await scene.phones[phone].send(scene.api, how_many, fate)
    await scene.flush()
    await books_are_right(scene)


@examples(12)
@given(scripts=SCRIPTS)
async def test_phones_that_send_at_once_and_twice_give_the_same_books(
    runtime: Runtime, scripts: list[list[Step]]
) -> None:
    scene = await make_scene(Api(runtime), scripts)
    await asyncio.gather(*(_impatient(scene, phone) for phone in scene.phones))
    await scene.flush()
    await books_are_right(scene)


async def _impatient(scene: Scene, phone: Phone) -> None:
    """Sends each batch twice at the same time, in threes, and believes the second answer."""
    for at in range(0, len(phone.outbox), 3):
        batch = phone.outbox[at : at + 3]
        await asyncio.gather(*(scene.api.sync(phone.officer, *batch) for _ in range(2)))
