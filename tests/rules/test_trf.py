"""The Total Revolving Fund: what the group owns and whose it is (design.md)."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock
from app.models.base import new_id
from app.services.ledger import Draft, Line
from tests.support.api import contribute
from tests.support.books import post_directly
from tests.support.stage import Stage

FIELDS = (
    "asOf cashInHand bank mpesa shortTermLoans longTermLoans projectLoans total memberSavings "
    "welfareFund projectFund externalLoans dividendsPayable suspense surplus"
)
TRF = (
    "query Trf($group: UUID!, $asOf: Date) "
    f"{{ trfBalance(groupId: $group, asOf: $asOf) {{ {FIELDS} }} }}"
)
NESTED = (
    "query Nested($group: UUID!) "
    f"{{ group(id: $group) {{ cashBalance trfBalance {{ {FIELDS} }} }} }}"
)
SOURCES = (
    "memberSavings",
    "welfareFund",
    "projectFund",
    "externalLoans",
    "dividendsPayable",
    "suspense",
    "surplus",
)


def cents(text: str) -> int:
    return int(text.replace(".", ""))


async def trf(stage: Stage, as_of: str | None = None) -> dict[str, Any]:
    """The TRF, whose two sides are equal whenever one looks."""
    answer = await stage.api.ask(stage.officer, TRF, group=str(stage.group.id), asOf=as_of)
    found: dict[str, Any] = answer["trfBalance"]
    owned = ("cashInHand", "bank", "mpesa", "shortTermLoans", "longTermLoans", "projectLoans")
    assert sum(cents(found[name]) for name in owned) == cents(found["total"])
    assert sum(cents(found[name]) for name in SOURCES) == cents(found["total"])
    return found


def filled(found: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in found.items() if value != "0.00" and name != "asOf"}


async def test_empty_books_are_all_zero(stage: Stage) -> None:
    found = await trf(stage)
    assert found["asOf"] == stage.api.today()
    assert filled(found) == {}


async def test_each_contribution_stands_on_both_sides(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "1"),
        contribute(stage.jane.id, "20", contributionType="WELFARE", paymentMethod="MPESA"),
        contribute(stage.jane.id, "300", contributionType="PROJECT", paymentMethod="BANK"),
        contribute(stage.jane.id, "4000", contributionType="FINE"),
        contribute(stage.jane.id, "50000", contributionType="APPRECIATION"),
    )
    assert filled(await trf(stage)) == {
        "cashInHand": "54001.00",
        "mpesa": "20.00",
        "bank": "300.00",
        "total": "54321.00",
        "memberSavings": "1.00",
        "welfareFund": "20.00",
        "projectFund": "300.00",
        "surplus": "54000.00",
    }


async def test_the_surplus_is_income_less_expense_less_what_was_declared(stage: Stage) -> None:
    day = date(2026, 6, 1)
    lines = (
        (Line("CASH", 100_00, "loan_interest"), Line("LOAN_INTEREST", -100_00)),
        (Line("CASH", -30_00, "expense"), Line("OPERATING_EXPENSES", 30_00)),
        (Line("RETAINED_SURPLUS", 50_00), Line("DIVIDENDS_PAYABLE", -50_00)),
        (Line("CASH", -40_00, "short_term_loan"), Line("LOANS_SHORT_TERM", 40_00)),
        (Line("BANK", 500_00, "external_loan"), Line("EXTERNAL_LOANS", -500_00)),
        (Line("CASH", 3_00, "unplaced"), Line("SUSPENSE", -3_00)),
    )
    drafts = [
        Draft(new_id(), day, day, "TEST", "R", stage.admin.user_id, clock.now(), pair)
        for pair in lines
    ]
    await post_directly(stage.runtime, stage.group.id, *drafts)
    assert filled(await trf(stage)) == {
        "cashInHand": "33.00",
        "bank": "500.00",
        "shortTermLoans": "40.00",
        "total": "573.00",
        "externalLoans": "500.00",
        "dividendsPayable": "50.00",
        "suspense": "3.00",
        "surplus": "20.00",
    }


async def test_a_past_date_shows_what_was_booked_up_to_it(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "100", contributionDate="2026-03-10"),
        contribute(stage.jane.id, "10", contributionDate="2026-01-10"),
    )
    assert filled(await trf(stage, "2026-01-09")) == {}
    on_the_day = await trf(stage, "2026-01-10")
    assert (on_the_day["asOf"], on_the_day["total"]) == ("2026-01-10", "10.00")
    assert (await trf(stage, "2026-03-10"))["total"] == "110.00"


async def test_today_as_a_date_is_the_same_as_now(stage: Stage) -> None:
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "100"))
    assert await trf(stage) == await trf(stage, stage.api.today())


async def test_the_groups_own_field_says_the_same(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "7"),
        contribute(stage.jane.id, "5", paymentMethod="BANK"),
    )
    answer = await stage.api.ask(stage.officer, NESTED, group=str(stage.group.id))
    assert answer["group"]["trfBalance"] == await trf(stage)
    assert answer["group"]["cashBalance"] == "7.00"
