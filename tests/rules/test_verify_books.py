"""verify-books finds what was tampered with and names the first bad entry (design.md)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.models import Meeting
from app.models.base import new_id
from app.services.ledger_check import Problem, verify_books
from tests.support.api import contribute, edit
from tests.support.loans import lending
from tests.support.meetings import attendance, cash, opened, sync
from tests.support.meetings import closing as close_meeting
from tests.support.stage import Stage

TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
THIRD = {"sequence": 3}


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    """Five entries in the group's books and one in another's, all in order."""
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "10"),
        contribute(stage.john.id, "20", paymentMethod="BANK"),
        contribute(stage.jane.id, "30", contributionDate="2099-01-01"),
        contribute(stage.jane.id, "40", contributionType="FINE", contributionDate="2026-02-01"),
        contribute(stage.john.id, "50"),
    )
    other = await stage.make.group()
    member = await stage.make.member(other)
    await stage.api.sync(await stage.make.officer(other), contribute(member.id))
    return stage


async def tamper(stage: Stage, *statements: str, **values: Any) -> None:
    """Changes the group's rows behind the triggers' back, as one with the database's own
    password could."""
    own = [one.replace("WHERE", "WHERE group_id = :group AND") for one in statements]
    db = stage.runtime.db
    if not db.is_postgresql:
        _tamper_with_file(
            db.engine.url.database or "", own, {"group": stage.group.id.hex, **values}
        )
        return
    async with db.engine.begin() as connection:
        for table in ("journal_entry", "posting", "contribution"):
            await connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for statement in own:
            await connection.execute(text(statement), {"group": stage.group.id, **values})


def _tamper_with_file(path: str, statements: list[str], values: dict[str, Any]) -> None:
    """SQLite keeps a UUID as 32 digits, and enforces foreign keys only where it is told to."""
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute(TRIGGERS).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement, values)
        connection.commit()


async def the_problem(stage: Stage) -> Problem:
    found = await verify_books(stage.runtime)
    (problem,) = found.problems
    assert problem.group_id == stage.group.id
    assert (await verify_books(stage.runtime, stage.group.id)).problems == [problem]
    return problem


async def entry_id(stage: Stage, sequence: int) -> UUID:
    entries = await stage.entries()
    return next(entry.row.id for entry in entries if entry.row.sequence == sequence)


async def test_untouched_books_hold(stage: Stage) -> None:
    found = await verify_books(stage.runtime)
    assert (found.groups, found.entries, list(found.problems)) == (2, 6, [])


async def test_edits_of_members_leave_the_books_as_they_are(stage: Stage) -> None:
    await stage.api.sync(stage.officer, edit(stage.jane.id, 1, memberName="Other"))
    await stage.books_hold()


async def test_one_group_can_be_checked_alone(stage: Stage) -> None:
    found = await verify_books(stage.runtime, stage.group.id)
    assert (found.groups, found.entries) == (1, 5)
    assert (await verify_books(stage.runtime, new_id())).groups == 0


@pytest.mark.parametrize(
    "column",
    [
        "booking_date = '2026-01-01'",
        "value_date = '2026-01-01'",
        "kind = 'CONTRIBUTION'",
        "reference = 'TB-0000-0000-0000'",
        "actor_id = id",
        "reverses_id = id",
        "recorded_at = '2026-01-01 00:00:00+00'",
        "id = actor_id",
    ],
)
async def test_a_changed_entry_is_named(stage: Stage, column: str) -> None:
    await tamper(stage, f"UPDATE journal_entry SET {column} WHERE sequence = :sequence", **THIRD)
    problem = await the_problem(stage)
    assert (problem.sequence, problem.entry_id) == (3, await entry_id(stage, 3))
    assert "hash" in problem.what


async def test_a_changed_hash_is_named(stage: Stage) -> None:
    await tamper(stage, "UPDATE journal_entry SET hash = :hash WHERE sequence = 3", hash=bytes(32))
    assert (await the_problem(stage)).sequence == 3


async def test_a_changed_amount_is_named(stage: Stage) -> None:
    await tamper(stage, "UPDATE posting SET amount = amount + 1 WHERE sequence = 3 AND line = 0")
    problem = await the_problem(stage)
    assert (problem.sequence, problem.entry_id) == (3, await entry_id(stage, 3))
    assert "sum to zero" in problem.what


async def test_amounts_changed_on_both_sides_are_named(stage: Stage) -> None:
    await tamper(stage, "UPDATE posting SET amount = amount * 2 WHERE sequence = 3")
    assert (await the_problem(stage)).sequence == 3


async def test_even_with_every_balance_made_to_fit_the_hash_gives_it_away(stage: Stage) -> None:
    await tamper(
        stage,
        "UPDATE posting SET amount = amount * 2 WHERE sequence = 5",
        "UPDATE posting SET balance_after = balance_after + amount / 2 WHERE sequence = 5",
    )
    problem = await the_problem(stage)
    assert (problem.sequence, "hash" in problem.what) == (5, True)


@pytest.mark.parametrize(
    "column",
    [
        "balance_after = balance_after + 1",
        "account = 'FINES'",
        "subcategory = 'fine'",
        "money_after = 1",
        "loan_id = group_id",
        "member_id = group_id",
    ],
)
async def test_a_changed_posting_is_named(stage: Stage, column: str) -> None:
    await tamper(stage, f"UPDATE posting SET {column} WHERE sequence = 3 AND line = 0")
    assert (await the_problem(stage)).sequence == 3


async def test_a_deleted_posting_is_named(stage: Stage) -> None:
    await tamper(stage, "DELETE FROM posting WHERE sequence = 3 AND line = 1")
    assert (await the_problem(stage)).sequence == 3


async def test_a_deleted_entry_shows_by_its_missing_number(stage: Stage) -> None:
    await tamper(
        stage,
        "DELETE FROM posting WHERE sequence = 3",
        "DELETE FROM journal_entry WHERE sequence = 3",
    )
    problem = await the_problem(stage)
    assert (problem.sequence, problem.entry_id) == (4, await entry_id(stage, 4))
    assert problem.what == "number 3 is missing"


async def test_a_deleted_last_entry_shows_by_the_groups_head(stage: Stage) -> None:
    await tamper(
        stage,
        "DELETE FROM posting WHERE sequence = 5",
        "DELETE FROM journal_entry WHERE sequence = 5",
    )
    problem = await the_problem(stage)
    assert (problem.sequence, "chain's end" in problem.what) == (None, True)


async def test_postings_left_without_their_entry_are_found(stage: Stage) -> None:
    await tamper(stage, "DELETE FROM journal_entry WHERE sequence = 5")
    problem = await the_problem(stage)
    assert (problem.sequence, problem.what) == (5, "postings without an entry")


@pytest.mark.parametrize("column", ["chain_head = :zeros", "book_sequence = book_sequence + 1"])
async def test_a_changed_group_head_is_found(stage: Stage, column: str) -> None:
    group = stage.group.id if stage.runtime.db.is_postgresql else stage.group.id.hex
    async with stage.runtime.db.engine.begin() as connection:
        values = {"zeros": bytes(32)} if "zeros" in column else {}
        await connection.execute(
            text(f"UPDATE banking_group SET {column} WHERE id = :group"),
            {"group": group, **values},
        )
    problem = await the_problem(stage)
    assert (problem.sequence, "chain's end" in problem.what) == (None, True)


@pytest.mark.parametrize("owner", ["group", "member"])
async def test_a_changed_running_balance_is_found(stage: Stage, owner: str) -> None:
    owned = "owner_id = group_id" if owner == "group" else "owner_id <> group_id"
    await tamper(stage, f"UPDATE account_balance SET balance = balance + 1 WHERE {owned}")
    assert "running balances" in (await the_problem(stage)).what


async def test_a_deleted_running_balance_is_found(stage: Stage) -> None:
    await tamper(stage, "DELETE FROM account_balance WHERE account = 'FINES'")
    assert "running balances" in (await the_problem(stage)).what


@pytest.mark.parametrize("change", ["lines = lines + 1", "debits = 0", "last_sequence = 9"])
async def test_a_changed_total_of_a_month_is_found(stage: Stage, change: str) -> None:
    await tamper(stage, f"UPDATE ledger_total SET {change} WHERE account = 'BANK' AND span = 'M'")
    month = stage.api.today()[:7]
    problem = await the_problem(stage)
    assert (problem.sequence, problem.what) == (None, f"the total of BANK for {month} is not right")


async def test_a_problem_says_in_words_where_it_is(stage: Stage) -> None:
    await tamper(stage, "UPDATE posting SET amount = amount + 1 WHERE sequence = 3 AND line = 0")
    third = await entry_id(stage, 3)
    assert str(await the_problem(stage)).startswith(f"group {stage.group.id}, entry 3 ({third}): ")


@pytest.mark.parametrize("column", ["amount = amount + 1", "member_id = id"])
async def test_a_contribution_that_says_otherwise_than_its_entry_is_named(
    stage: Stage, column: str
) -> None:
    await tamper(stage, f"UPDATE contribution SET {column} WHERE amount = 2000")
    problem = await the_problem(stage)
    assert (problem.sequence, problem.entry_id) == (2, await entry_id(stage, 2))
    assert problem.what == "its contribution says otherwise"


async def test_a_deleted_contribution_is_named(stage: Stage) -> None:
    await tamper(stage, "DELETE FROM contribution WHERE amount = 2000")
    problem = await the_problem(stage)
    assert (problem.sequence, problem.what) == (2, "its contribution is missing")


BESIDE = [
    ("contribution SET contribution_type", "'WELFARE'", "'REGULAR'", "amount = 2000", "or day"),
    ("contribution SET reversed_by", "id", "NULL", "amount = 2000", "not marked"),
    ("review_item SET status", "'DECIDED'", "'OPEN'", "1 = 1", "SUSPENSE"),
    ("instalment SET paid_principal", "1 + paid_principal", "0", "number = 3", "owes"),
    ("loan SET status", "'COMPLETED'", "'DISBURSED'", "1 = 1", "owes another sum"),
    ("repayment SET principal", "principal + 1", "principal - 1", "1 = 1", "repayment says"),
    ("repayment SET entry_id", "id", ":entry", "1 = 1", "repayment says"),
    ("movement SET amount", "amount + 1", "amount - 1", "1 = 1", "movement says"),
    ("movement SET reversed_by", "id", "NULL", "1 = 1", "not marked"),
    ("fine_charge SET paid", "paid - 1", "paid + 1", "1 = 1", "not paid as"),
    ("fine_charge SET status", "'OPEN'", "'SETTLED'", "1 = 1", "not paid as"),
    ("charge_payment SET amount", "amount + 1", "amount - 1", "1 = 1", "not paid as"),
    ("meeting SET chain_head", ":zeros", ":head", "1 = 1", "another head"),
]  # fmt: skip


async def test_rows_beside_the_journal_that_say_otherwise_are_found(stage: Stage) -> None:
    """Loans, payments, fines, minutes: what the apps show, though the journal is whole."""
    lender = await lending(stage)
    loan_id = await lender.running("9000.00")
    assert not (await lender.repay(loan_id, "1000.00")).errors
    repaid = (await stage.entries())[-1].row.id
    meeting_id = await opened(stage)
    absent = attendance(meeting_id, {stage.jane.id: "ABSENT"})
    fine = contribute(stage.jane.id, "100.00", contributionType="FINE", meetingId=meeting_id)
    expense = {
        "groupId": str(stage.group.id),
        "movement": "EXPENSE",
        "amount": "25.00",
        "paymentMethod": "CASH",
        "description": "Chalk",
        "offlineSyncId": str(new_id()),
    }
    table = await cash(stage) + 75_00
    await sync(stage, absent, fine, {"recordMovement": expense}, close_meeting(meeting_id, table))
    (meeting,) = await stage.all_of(Meeting)
    await stage.books_hold()
    entry = repaid if stage.runtime.db.is_postgresql else repaid.hex
    values = {"zeros": bytes(32), "head": meeting.chain_head, "entry": entry}
    for column, wrong, right, where, words in BESIDE:
        for value in (wrong, right):
            statement = f"UPDATE {column} = {value} WHERE {where}"
            used = {name: one for name, one in values.items() if f":{name}" in statement}
            await tamper(stage, statement, **used)
            if value == wrong:
                assert words in (await the_problem(stage)).what, column
        await stage.books_hold()
