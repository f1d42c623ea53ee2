"""The key figures of docs/kpis.md, computed by hand from a small story."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from app import clock
from app.models import Loan, ReviewItem, SyncRefusal
from app.services.kpis.durations import durations
from tests.rules.test_movements import withdraw
from tests.rules.test_reviews import decide
from tests.support.api import contribute, edit, register
from tests.support.loans import REJECT, Lending, days_ago, lending
from tests.support.stage import Stage
from tests.support.statements import statements_of

DURATIONS = "count median p90 within48Hours"
TRF = "asOf cashInHand shortTermLoans total memberSavings welfareFund surplus"
MONTH = f"first last moneyIn moneyOut members loansOut atRisk par30 trf {{ {TRF} }}"
KPIS = f"""query Kpis($from: Date!, $to: Date!, $groupIds: [UUID!], $county: String,
    $n: Int! = 20) {{
  kpis(from: $from, to: $to, groupIds: $groupIds, county: $county) {{
    from to groups
    members {{ atStart atEnd joined left growth registrations }}
    loans {{
      applied {{ count amount }} approved {{ count amount }} rejected {{ count amount }}
      disbursed {{ count amount }} completed {{ count amount }} writtenOff {{ count amount }}
      approval {{ {DURATIONS} }} disbursement {{ {DURATIONS} }}
      due paid onTime repaymentRate onTimeRate arrears loansInArrears }}
    money {{ savingsIn savingsOut welfareIn welfareOut projectIn projectOut interest fines }}
    officers {{ active transactions activeDays perDay
      officers(first: $n) {{ transactions activeDays perDay officer {{ id }} }} }}
    sync {{ sent accepted refused success heldOpen heldOpenAmount decisions {{ {DURATIONS} }} }}
    atEnd {{ {MONTH} }} series {{ {MONTH} }} }} }}"""
BALANCE = f"query Trf($groupId: UUID!) {{ trfBalance(groupId: $groupId) {{ {TRF} }} }}"
RISK = "query Risk { portfolioAtRisk { outstanding atRisk share } }"
SAVED = 15_000_00
WHEN = timedelta(days=100)


async def kpis(stage: Stage, who: Any = None, days: int = 300, **more: Any) -> dict[str, Any]:
    values = {"from": days_ago(stage, days).isoformat(), "to": stage.api.today(), **more}
    found: dict[str, Any] = (await stage.api.ask(who or stage.admin, KPIS, **values))["kpis"]
    return found


@pytest.fixture
async def lender(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Lending:
    """100 days ago: Jane had saved 5,000.00 in each of the three months before, was refused one
    loan and got another of 9,000.00."""
    now = clock.now
    with monkeypatch.context() as past:
        past.setattr(clock, "now", lambda: now() - WHEN)
        past.setattr(clock, "today", lambda zone: (datetime.now(zone) - WHEN).date())
        lender = await lending(stage)
        rejected = await lender.applied("5000.00")
        await stage.api.ask(stage.chair, REJECT, loanId=str(rejected), reason="Too little")
        await lender.running("9000.00")
    return lender


async def running(lender: Lending) -> UUID:
    rows = await lender.stage.all_of(Loan)
    found: UUID = next(row.id for row in rows if row.status == "DISBURSED")
    return found


async def test_loans_are_counted_by_what_happened_to_them_in_the_period(lender: Lending) -> None:
    stage = lender.stage
    found = (await kpis(stage))["loans"]
    assert found["applied"] == {"count": 2, "amount": "14000.00"}
    assert found["rejected"] == {"count": 1, "amount": "5000.00"}
    one = {"count": 1, "amount": "9000.00"}
    none = {"count": 0, "amount": "0.00"}
    assert (found["approved"], found["disbursed"]) == (one, one)
    assert (found["completed"], found["writtenOff"]) == (none, none)
    found = (await kpis(stage, days=90))["loans"]
    assert [found[step] for step in ("applied", "approved", "rejected", "disbursed")] == [none] * 4
    assert found["approval"]["count"] == found["disbursement"]["count"] == 0


async def test_rates_and_risk_are_those_of_the_instalments(lender: Lending) -> None:
    """9,000.00 for 3 months at 10 %: three instalments of 3,300.00, all due by now. Of 1,300.00
    that were paid 50.00 are the first one's fine, 300.00 its interest and 950.00 principal."""
    stage = lender.stage
    before = await kpis(stage)
    assert before["loans"]["due"] == "9900.00"
    assert before["loans"]["arrears"] == "9900.00"
    await lender.repay(await running(lender), "1300.00")
    found = await kpis(stage)
    loans = found["loans"]
    assert (loans["due"], loans["paid"], loans["repaymentRate"]) == ("9900.00", "1250.00", "12.63")
    assert (loans["onTime"], loans["onTimeRate"]) == ("0.00", "0.00")
    assert (loans["arrears"], loans["loansInArrears"]) == ("8650.00", 1)
    assert (found["money"]["interest"], found["money"]["fines"]) == ("300.00", "50.00")
    end = found["atEnd"]
    assert (end["atRisk"], end["loansOut"], end["par30"]) == ("8050.00", "8050.00", "100.00")
    today = (await stage.api.ask(stage.admin, RISK))["portfolioAtRisk"]
    assert today == {"outstanding": "8050.00", "atRisk": "8050.00", "share": "100.00"}
    # On the day of the disbursement nothing was overdue, nor 30 days after the first due date.
    for days, risky in ((100, "0.00"), (42, "0.00"), (37, "9000.00")):
        until = days_ago(stage, days).isoformat()
        end = (await kpis(stage, to=until))["atEnd"]
        assert (end["atRisk"], end["loansOut"]) == (risky, "9000.00"), days
    await stage.books_hold()


async def test_a_payment_in_time_is_one_and_a_settled_loan_is_completed(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await running(lender)
    await lender.repay(loan_id, "3300.00", paymentDate=days_ago(stage, 80).isoformat())
    assert (await kpis(stage))["loans"]["onTime"] == "3300.00"
    # The payment itself fines what is late; the fines are paid with a second one.
    for _ in range(2):
        await lender.repay(loan_id, (await lender.loan(loan_id))["payoff"])
    found = await kpis(stage)
    assert found["loans"]["completed"] == {"count": 1, "amount": "9000.00"}
    assert (found["loans"]["repaymentRate"], found["loans"]["onTimeRate"]) == ("100.00", "33.33")
    assert (found["loans"]["arrears"], found["atEnd"]["par30"]) == ("0.00", None)


async def test_money_is_counted_net_of_what_was_reversed(lender: Lending) -> None:
    stage = lender.stage
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "700.00"),
        contribute(stage.jane.id, "200.00", contributionType="WELFARE"),
        contribute(stage.john.id, "80.00"),
    )
    await lender.reverse_last()
    assert not (await withdraw(stage, "300.00")).errors
    found = await kpis(stage)
    money = found["money"]
    assert (money["savingsIn"], money["savingsOut"]) == ("15700.00", "300.00")
    assert (money["welfareIn"], money["welfareOut"]) == ("200.00", "0.00")
    cents = {
        name: sum(round(float(month[name]) * 100) for month in found["series"])
        for name in ("moneyIn", "moneyOut")
    }
    assert cents == {"moneyIn": SAVED + 900_00, "moneyOut": 9300_00}
    balance = (await stage.api.ask(stage.admin, BALANCE, groupId=str(stage.group.id)))["trfBalance"]
    assert found["atEnd"]["trf"] == balance
    assert found["series"][-1] == found["atEnd"]
    assert balance["total"] == "15600.00"


async def test_members_come_and_go(lender: Lending) -> None:
    """Five of the stage since January 2025; one joins, one leaves, one comes back."""
    stage = lender.stage
    ids = [str(one.id) for one in (stage.jane, stage.john)]
    await stage.api.sync(
        stage.officer,
        register(stage.group.id, "31234567"),
        register(stage.group.id, "31234568", registrationDate=days_ago(stage, 310).isoformat()),
        edit(ids[0], 1, isActive=False),
        edit(ids[1], 1, isActive=False),
    )
    await stage.api.sync(stage.officer, edit(ids[1], 2, isActive=True))
    found = (await kpis(stage))["members"]
    assert found == {
        "atStart": 6,
        "atEnd": 6,
        "joined": 1,
        "left": 1,
        "growth": "0.00",
        "registrations": 2,
    }
    until = days_ago(stage, 1).isoformat()
    found = await kpis(stage, days=320, to=until)
    assert found["members"]["joined"] == 1
    assert (found["members"]["atEnd"], found["members"]["growth"]) == (6, "20.00")
    assert {month["members"] for month in found["series"][2:]} == {6}


async def test_officers_are_counted_by_the_days_they_collected_on(lender: Lending) -> None:
    """Three contributions on three days, a disbursement on another and two entries today are
    six on five days; a second officer has one on one day."""
    stage = lender.stage
    second = await stage.make.officer(stage.group)
    await stage.api.sync(second, contribute(stage.jane.id, "10.00"))
    await stage.api.sync(
        stage.officer, contribute(stage.jane.id, "20.00"), contribute(stage.john.id, "20.00")
    )
    found = (await kpis(stage))["officers"]
    assert found["officers"] == [
        {
            "transactions": 6,
            "activeDays": 5,
            "perDay": 1.2,
            "officer": {"id": str(stage.officer.user_id)},
        },
        {
            "transactions": 1,
            "activeDays": 1,
            "perDay": 1.0,
            "officer": {"id": str(second.user_id)},
        },
    ]
    assert (found["active"], found["transactions"], found["activeDays"]) == (2, 7, 6)
    assert found["perDay"] == 1.17
    assert len((await kpis(stage, n=1))["officers"]["officers"]) == 1
    answer = await stage.api.ask(
        stage.admin, KPIS, **{"from": "2026-01-01", "to": stage.api.today(), "n": 101}
    )
    assert (answer.code, answer.field) == ("BAD_INPUT", "first")


async def test_sync_succeeds_where_an_operation_is_in_the_books_in_the_end(stage: Stage) -> None:
    good, held = contribute(stage.jane.id), contribute(stage.john.id, contributionDate="2099-01-01")
    bad = contribute(stage.jane.id, "0")
    await stage.api.sync(stage.officer, good, held, bad, contribute(stage.jane.id, "0"))
    await stage.api.sync(stage.officer, good)
    await stage.api.sync(stage.officer, contribute(str(stage.group.id)))
    assert sorted(str(row.group_id) for row in await stage.all_of(SyncRefusal)) == sorted(
        [str(stage.group.id), str(stage.group.id), "None"]
    )
    # Mended and sent again under the same id, it is a success.
    bad["recordContribution"]["amount"] = "7.00"
    await stage.api.sync(stage.officer, bad)
    of_group = {"groupIds": [str(stage.group.id)]}
    found = (await kpis(stage, **of_group))["sync"]
    assert (found["accepted"], found["refused"], found["sent"]) == (3, 1, 4)
    assert found["success"] == "75.00"
    assert (found["heldOpen"], found["heldOpenAmount"]) == (1, "500.00")
    # A refusal of which nobody can tell the group is counted where no group is named.
    for who in (stage.admin, stage.officer):
        assert (await kpis(stage, who))["sync"]["refused"] == 2
    assert (await kpis(stage, stage.chair))["sync"]["refused"] == 1
    (item,) = await stage.all_of(ReviewItem)
    await decide(stage, item.id, "SEND_BACK")
    assert (await kpis(stage))["sync"]["heldOpen"] == 1
    await decide(stage, item.id, "ACCEPT")
    found = (await kpis(stage))["sync"]
    assert (found["heldOpen"], found["heldOpenAmount"]) == (0, "0.00")
    assert found["decisions"]["count"] == 1
    assert found["decisions"]["within48Hours"] == "100.00"


def test_the_middle_and_the_slow_end_are_by_nearest_rank() -> None:
    begin = datetime(2026, 3, 2, 9, tzinfo=UTC)
    hours = [1, 2, 3, 4, 5, 6, 7, 48, 49, 200]
    pairs = [(begin, begin + timedelta(hours=one)) for one in reversed(hours)]
    found = durations([*pairs, (None, begin), (begin, None)])
    assert (found.count, found.median, found.p90) == (10, 5.0, 49.0)
    assert found.within == 70_00
    found = durations(pairs[:1])
    assert (found.median, found.p90, found.within) == (200.0, 200.0, 0)
    assert durations([]).median is None


async def test_it_is_told_how_long_approval_and_money_take(lender: Lending) -> None:
    stage = lender.stage
    begin = datetime.combine(days_ago(stage, 20), datetime.min.time(), UTC)

    async def work(session: Any) -> None:
        await session.execute(
            update(Loan).values(
                applied_at=begin,
                approved_at=begin + timedelta(hours=30),
                disbursed_at=begin + timedelta(hours=30 + 50, minutes=15),
            )
        )

    await stage.runtime.db.transact(work)
    found = (await kpis(stage, groupIds=[str(stage.group.id)]))["loans"]
    assert found["approval"] == {
        "count": 2,
        "median": 30.0,
        "p90": 30.0,
        "within48Hours": "100.00",
    }
    assert found["disbursement"]["median"] == 50.25
    assert found["disbursement"]["within48Hours"] == "0.00"


async def test_nothing_gives_zeros_and_nulls(stage: Stage) -> None:
    stranger = await stage.make.officer()
    for found in (
        await kpis(stage, stranger),
        await kpis(stage, county="Kisumu"),
        await kpis(stage, groupIds=[]),
    ):
        assert found["groups"] == 0
        assert found["members"]["growth"] is None
        assert found["loans"]["repaymentRate"] is None
        assert found["loans"]["approval"]["median"] is None
        assert found["officers"] == {
            "active": 0,
            "transactions": 0,
            "activeDays": 0,
            "perDay": None,
            "officers": [],
        }
        assert (found["sync"]["sent"], found["sync"]["success"]) == (0, None)
        assert (found["atEnd"]["trf"]["total"], found["atEnd"]["par30"]) == ("0.00", None)


async def test_everyone_gets_the_figures_of_what_they_may_see(lender: Lending) -> None:
    stage = lender.stage
    other = await stage.make.group(county="Kisumu")
    member = await stage.make.member(other)
    await stage.api.sync(stage.admin, contribute(member.id, "99.00"))
    everything, kisumu = await kpis(stage), await kpis(stage, county="Kisumu")
    own = await kpis(stage, stage.chair)
    assert (everything["groups"], kisumu["groups"], own["groups"]) == (2, 1, 1)
    assert everything["money"]["savingsIn"] == "15099.00"
    assert kisumu["money"]["savingsIn"] == "99.00"
    assert own["money"]["savingsIn"] == "15000.00"
    assert await kpis(stage, stage.officer) == own
    both = [str(stage.group.id), str(other.id)]
    answer = await stage.api.ask(
        stage.chair, KPIS, **{"from": "2026-01-01", "to": stage.api.today(), "groupIds": both}
    )
    assert (answer.code, answer.field) == ("NOT_FOUND", "groupIds")


async def test_a_period_that_cannot_be_names_its_field(stage: Stage) -> None:
    for since, until, field in (
        ("2026-02-02", "2026-02-01", "to"),
        ("1999-12-31", "2000-02-01", "from"),
        ("2024-01-31", "2027-01-01", "to"),
    ):
        answer = await stage.api.ask(stage.admin, KPIS, **{"from": since, "to": until})
        assert (answer.code, answer.field) == ("BAD_INPUT", field)
    values = {"from": "2024-01-31", "to": "2026-12-31"}
    found = (await stage.api.ask(stage.admin, KPIS, **values))["kpis"]
    assert len(found["series"]) == 36
    assert (found["series"][0]["first"], found["series"][0]["last"]) == ("2024-01-31",) * 2
    assert date.fromisoformat(found["series"][-1]["last"]) == date(2026, 12, 31)


async def test_any_number_of_groups_costs_the_same_few_statements(lender: Lending) -> None:
    stage = lender.stage

    async def cost() -> int:
        with statements_of(stage.runtime) as seen:
            await kpis(stage)
        return len(seen)

    one = await cost()
    for _ in range(20):
        group = await stage.make.group()
        member = await stage.make.member(group)
        await stage.api.sync(stage.admin, contribute(member.id))
    assert await cost() == one <= 18
