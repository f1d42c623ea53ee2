"""Two people at the same statement at once, from two processes (docs/reconciliation.md)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.auth.actor import Actor
from app.crypto import KeyRing
from app.models import Role, Statement, StatementMatch
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from app.services.ledger import GroupBook, LedgerError, Line
from app.services.operations.state import State
from app.services.operations.types import Operation, RecordContribution
from tests.support.api import Answer, Api
from tests.support.reconciling import BOOK, IMPORT, MATCH, Desk, desk_of, lines
from tests.support.stage import Stage


def of(month: dict[str, Any], reference: str) -> dict[str, Any]:
    return next(line for line in lines(month) if line["reference"] == reference)


async def both(
    desk: Desk, query: str, one: dict[str, Any], two: dict[str, Any]
) -> tuple[Answer, Answer]:
    """The same mutation from two processes at once."""
    other = make_runtime(desk.stage.runtime.settings)
    try:
        return await asyncio.gather(
            desk.ask(query, **one), Api(other).ask(desk.stage.admin, query, **two)
        )
    finally:
        await close_runtime(other)


async def test_of_two_who_match_the_same_entry_at_once_one_does(stage: Stage) -> None:
    desk = desk_of(stage)
    entry = await desk.paid("500.00", 3, "BANK")
    await desk.paid("500.00", 3, "BANK")
    csv = desk.csv((3, "D1", "500.00"), (3, "D2", "500.00"))
    found = (await desk.load(csv, closing="1000.00"))["importStatement"]
    tried = [{"lineId": of(found, name)["id"], "entryIds": [str(entry)]} for name in ("D1", "D2")]
    answers = await both(desk, MATCH, *tried)
    assert sorted(str(answer.code) for answer in answers) == ["None", "POSTING_MATCHED"]
    assert len(await stage.all_of(StatementMatch)) == 1


async def test_a_line_booked_twice_at_once_is_booked_once(stage: Stage) -> None:
    desk = desk_of(stage)
    found = (await desk.load(desk.csv((3, "D1", "500.00")), closing="500.00"))["importStatement"]
    values = {"input": {"lineId": of(found, "D1")["id"], "bookAs": "OTHER_INCOME"}}
    answers = await both(desk, BOOK, values, values)
    assert [answer.code for answer in answers] == [None, None]
    assert len(await stage.entries()) == 1
    await stage.books_hold()


async def test_of_two_who_import_at_once_the_last_word_counts(stage: Stage) -> None:
    desk = desk_of(stage)
    await desk.paid("500.00", 3, "BANK")
    tried = [
        {"input": {**desk.key(), "account": "BANK", "csv": csv, "closing": closing}}
        for csv, closing in (
            (desk.csv((3, "D1", "500.00")), "500.00"),
            (desk.csv((3, "D1", "500.00"), (4, "D2", "1.00")), "501.00"),
        )
    ]
    answers = await both(desk, IMPORT, *tried)
    assert [answer.code for answer in answers] == [None, None]
    (statement,) = await stage.all_of(Statement)
    assert len(lines(await desk.read())) == (1 if statement.closing == 500_00 else 2)
    assert len(await stage.all_of(StatementMatch)) == 1


def test_an_entry_that_a_rule_lets_into_a_signed_month_is_never_written() -> None:
    today = clock.now().date()
    keys = KeyRing((("k1", bytes(32)),), "secret")
    state = State(keys, clock.now(), today, person_in_two_groups=False)
    group_id = new_id()
    state.books[group_id] = GroupBook(group_id, 0, bytes(32), 0)
    state.locked_through[group_id] = today - timedelta(days=1)
    operation = Operation(
        Actor(new_id(), Role.SYSTEM_ADMIN), RecordContribution(new_id(), 1, "REGULAR", "CASH")
    )
    lines = (Line("CASH", 1, "savings"), Line("MEMBER_SAVINGS", -1))
    with pytest.raises(LedgerError):
        state.post(operation, group_id, "X", "x", lines, booked=today - timedelta(days=1))
    state.post(operation, group_id, "X", "x", lines)
    assert len(state.books[group_id].entries) == 1
