"""What each contribution posts (design.md: "What each event posts")."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

import pytest

from app.models.base import new_id
from app.services.ledger import Draft, GroupBook, LedgerError, Line
from tests.support.api import contribute
from tests.support.stage import Stage

CREDITED = {
    "REGULAR": ("MEMBER_SAVINGS", "savings"),
    "WELFARE": ("WELFARE_FUND", "welfare"),
    "PROJECT": ("PROJECT_FUND", "project"),
    "FINE": ("FINES", "fine"),
    "REGISTRATION": ("REGISTRATION_FEES", "registration"),
    "APPRECIATION": ("APPRECIATION_FEES", "appreciation_fee"),
}
METHODS = ("CASH", "MPESA", "BANK")


async def test_every_type_and_method_debits_money_and_credits_its_account(stage: Stage) -> None:
    cases = list(product(CREDITED, METHODS))
    operations = [
        contribute(stage.jane.id, f"{number}.25", contributionType=kind, paymentMethod=method)
        for number, (kind, method) in enumerate(cases, 1)
    ]
    results = await stage.api.sync(stage.officer, *operations)
    assert {result["outcome"] for result in results} == {"APPLIED"}
    entries = await stage.entries()
    assert len(entries) == len(cases)
    for number, ((kind, method), entry) in enumerate(zip(cases, entries, strict=True), 1):
        account, subcategory = CREDITED[kind]
        cents = number * 100 + 25
        debit, credit = entry.lines
        assert entry.moves == [(method, cents), (account, -cents)]
        assert (debit.subcategory, credit.subcategory) == (subcategory, None)
        assert credit.member_id == stage.jane.id
        assert entry.row.kind == "CONTRIBUTION"
    await stage.books_hold()


async def test_balance_after_runs_in_recording_order_by_account_and_for_all_money(
    stage: Stage,
) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "10"),
        contribute(stage.john.id, "20", paymentMethod="BANK"),
        contribute(stage.jane.id, "5", contributionDate="2026-01-05"),
    )
    debits = [entry.lines[0] for entry in await stage.entries()]
    assert [line.balance_after for line in debits] == [10_00, 20_00, 15_00]
    assert [line.money_after for line in debits] == [10_00, 30_00, 35_00]


async def test_the_members_balance_moves_with_the_groups(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "10"),
        contribute(stage.john.id, "20"),
        contribute(stage.jane.id, "7", contributionType="WELFARE"),
    )
    assert await stage.balances(stage.jane.id) == {"MEMBER_SAVINGS": -10_00, "WELFARE_FUND": -7_00}
    assert await stage.balances(stage.group.id) == {
        "CASH": 37_00,
        "MEMBER_SAVINGS": -30_00,
        "WELFARE_FUND": -7_00,
    }


async def test_a_contribution_of_a_past_day_is_booked_on_that_day(stage: Stage) -> None:
    await stage.api.sync(stage.officer, contribute(stage.jane.id, contributionDate="2026-02-03"))
    (entry,) = await stage.entries()
    assert entry.row.booking_date == entry.row.value_date == date(2026, 2, 3)


async def test_the_entry_names_the_receipt_the_officer_and_no_person(stage: Stage) -> None:
    (result,) = await stage.api.sync(stage.officer, contribute(stage.jane.id))
    (entry,) = await stage.entries()
    assert entry.row.reference == result["receiptNumber"]
    assert entry.row.actor_id == stage.officer.user_id


def _book() -> GroupBook:
    return GroupBook(new_id(), 0, bytes(32), 0)


def _draft(*lines: Line) -> Draft:
    day = date(2026, 3, 2)
    when = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return Draft(new_id(), day, day, "TEST", "R", new_id(), when, lines)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (Line("CASH", 0, "savings"),),
        (Line("CASH", 100, "savings"),),
        (Line("CASH", 100, "savings"), Line("MEMBER_SAVINGS", -99)),
        (Line("CASH", 0, "savings"), Line("MEMBER_SAVINGS", 0)),
        (Line("CASH", 100), Line("MEMBER_SAVINGS", -100)),
        (Line("CASH", 100, "savings"), Line("MEMBER_SAVINGS", -100, "savings")),
    ],
)
def test_what_is_no_entry_is_never_written(lines: tuple[Line, ...]) -> None:
    book = _book()
    with pytest.raises(LedgerError):
        book.post(_draft(*lines))
    assert not book.entries


def test_each_entry_takes_the_next_number_and_chains_to_the_one_before() -> None:
    book = _book()
    heads = [book.head]
    for _ in range(3):
        book.post(_draft(Line("CASH", 5, "savings"), Line("MEMBER_SAVINGS", -5)))
        heads.append(book.head)
    assert [entry[2] for entry in book.entries] == [1, 2, 3]
    assert len(set(heads)) == 4
