"""Schedules, payments and dividends: nothing is lost, doubled or negative, whatever comes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.models import Instalment, Loan
from app.models.base import new_id
from app.services.dividend_allocation import allocate as share_out
from app.services.dividend_allocation import distributable
from app.services.loan_allocation import allocate
from app.services.loan_position import is_settled, payoff
from app.services.loan_schedule import MONTHS, SHORT_TERM, annuity, plan
from app.services.withdrawal_limit import SavingsYear, half_left, security_left
from tests.properties.budget import examples

START = date(2026, 1, 31)
CENTS = st.integers(1, 10**9)
RATES = st.integers(0, 100_00)


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    """A loan of any type that a schedule can be made of."""
    kind = draw(st.sampled_from(sorted(MONTHS)))
    months = draw(st.integers(*MONTHS[kind]))
    grace = draw(st.integers(0, months - 1)) if kind == "PROJECT" else 0
    return {
        "kind": kind,
        "amount": draw(CENTS),
        "rate": draw(RATES),
        "months": months,
        "grace": grace,
    }


def running(given_terms: dict[str, Any]) -> tuple[Loan, list[Instalment]]:
    """A loan paid out on START, and its instalments."""
    amount, rate, months = (given_terms[name] for name in ("amount", "rate", "months"))
    grace = given_terms["grace"]
    loan = Loan(
        id=new_id(),
        group_id=new_id(),
        member_id=new_id(),
        loan_type=given_terms["kind"],
        amount=amount,
        duration_months=months,
        grace_months=grace,
        interest_rate=rate,
        purpose="x",
        status="DISBURSED",
        application_date=START,
        disbursed_on=START,
        annuity=annuity(amount, rate, months - grace),
    )
    planned = plan(given_terms["kind"], amount, rate, months, grace=grace, start=START)
    rows = [
        Instalment(
            loan_id=loan.id,
            number=one.number,
            group_id=loan.group_id,
            due_date=one.due_date,
            principal=one.principal,
            interest=one.interest,
            remaining_balance=one.remaining,
            paid_principal=0,
            paid_interest=0,
        )
        for one in planned
    ]
    return loan, rows


@examples(150)
@given(terms(), st.integers(0, 10**7))
def test_a_schedule_pays_exactly_the_principal(found: dict[str, Any], extra: int) -> None:
    extra = extra if found["kind"] != SHORT_TERM else 0
    planned = plan(
        found["kind"],
        found["amount"],
        found["rate"],
        found["months"],
        grace=found["grace"],
        extra=extra,
        start=START,
    )
    assert sum(one.principal for one in planned) == found["amount"]
    assert planned[-1].remaining == 0
    assert all(one.principal >= 0 and one.interest >= 0 for one in planned)
    assert [one.number for one in planned] == list(range(1, len(planned) + 1))
    days = [one.due_date for one in planned]
    assert days == sorted(set(days))
    assert len(planned) <= found["months"]


@examples(150)
@given(terms(), st.lists(st.tuples(st.integers(0, 40), CENTS), min_size=1, max_size=12))
def test_payments_of_any_size_on_any_day_are_divided_exactly(
    found: dict[str, Any], payments: list[tuple[int, int]]
) -> None:
    loan, rows = running(found)
    day, principal, interest = START, 0, 0
    for pause, amount in payments:
        day += timedelta(days=pause)
        settles = payoff(loan, rows, day)
        result = allocate(loan, rows, [], amount, day, 7)
        assert result.principal + result.interest + result.savings == amount
        assert min(result.principal, result.interest, result.savings) >= 0
        principal += result.principal
        interest += result.interest
        gone = {row.number for row in result.dropped}
        rows = [row for row in rows if row.number not in gone]
        assert sum(row.paid_principal for row in rows) == principal
        assert sum(row.paid_interest for row in rows) == interest
        assert sum(row.principal for row in rows) == loan.amount
        assert all(0 <= row.paid_principal <= row.principal for row in rows)
        assert all(0 <= row.paid_interest <= row.interest for row in rows)
        if result.completed:
            assert principal == loan.amount
            assert all(is_settled(row) for row in rows)
            break
        assert result.savings == 0
        assert settles > 0


@examples(150)
@given(terms(), st.integers(0, 400))
def test_paying_what_settles_the_loan_settles_it(found: dict[str, Any], days: int) -> None:
    loan, rows = running(found)
    day = START + timedelta(days=days)
    # A few days before an instalment is due it is paid as a whole: more than to date.
    result = allocate(loan, rows, [], payoff(loan, rows, day), day, early_days=0)
    assert result.completed
    assert result.savings == 0


@examples(150)
@given(
    st.dictionaries(st.integers(0, 10**6), st.integers(0, 10**12), min_size=1, max_size=60),
    st.integers(-(10**12), 10**12),
    st.integers(0, 10**10),
    st.integers(0, 100_00),
)
def test_dividends_sum_exactly_and_who_saves_more_gets_no_less(
    savings: dict[int, int], profit: int, fees: int, share: int
) -> None:
    amount = distributable(profit, fees, share)
    shares = share_out(amount, savings)
    assert min(shares.values()) >= 0
    assert sum(shares.values()) == (amount if sum(savings.values()) else 0)
    backwards = dict(sorted(savings.items(), reverse=True))
    assert share_out(amount, backwards) == shares
    ordered = sorted(savings, key=lambda member: savings[member])
    for less, more in pairwise(ordered):
        assert savings[less] == savings[more] or shares[less] <= shares[more]


@examples(150)
@given(CENTS, CENTS, st.lists(CENTS, max_size=10))
def test_withdrawals_never_pass_the_half(opening: int, paid_in: int, asked: list[int]) -> None:
    taken = 0
    for amount in asked:
        taken += min(amount, half_left(SavingsYear(opening, paid_in, taken)))
    assert taken * 2 <= opening + paid_in


@examples(150)
@given(CENTS, CENTS)
def test_a_third_of_the_debt_always_stays(savings: int, owed: int) -> None:
    out = security_left(savings, owed)
    assert 0 <= out <= savings
    assert out == 0 or (savings - out) * 3 >= owed
