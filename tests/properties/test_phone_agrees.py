"""The phone without signal gives the server's answers: the same random questions to both."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

from app.dates import month_name as long_month
from app.errors import BadInput
from app.services.approvals import missing, place_of, places_for
from app.services.group_settings import GroupTerms
from app.services.loan_eligibility import LoanFacts, failures, months_needed
from app.services.loan_schedule import annual_percentage_rate
from app.services.operations.loans import fee_of
from app.services.withdrawal_limit import SavingsYear, half_left, security_left
from tests.properties.questions import MANY, planned, some_amount, some_day, some_terms
from tests.support.phone_rules import PhoneRules


def quoted(question: dict[str, Any]) -> Any:
    """What the server says: its quote, or the field that is wrong."""
    terms, group = question["terms"], question.get("group")
    try:
        rows = planned(terms, date.fromisoformat(question["start"]))
    except BadInput as error:
        return error.field
    fee = 0
    if group is not None:
        flat, percent = group["appreciationFee"], group["appreciationPercent"]
        settings = GroupTerms(appreciation_fee=flat, appreciation_percent=percent)
        fee = min(fee_of(settings, terms["amount"]), terms["amount"])
    totals = [row.principal + row.interest for row in rows]
    return {
        "fee": fee,
        "planned": [
            {
                "number": row.number,
                "dueDate": row.due_date.isoformat(),
                "principal": row.principal,
                "interest": row.interest,
                "remaining": row.remaining,
            }
            for row in rows
        ],
        "totalInterest": sum(row.interest for row in rows),
        "totalRepayable": sum(totals),
        "annualPercentageRate": annual_percentage_rate(terms["amount"] - fee, totals),
    }


def test_schedules_and_their_full_cost(phone: PhoneRules, chance: random.Random) -> None:
    questions: list[dict[str, Any]] = []
    for _ in range(MANY):
        question = {
            "ask": "quote",
            "terms": some_terms(chance),
            "start": some_day(chance).isoformat(),
        }
        if chance.random() < 0.5:
            fee = chance.choice((0, 200_00, chance.randint(0, 10**6)))
            percent = chance.choice((0, 1_00, chance.randint(0, 100_00)))
            question["group"] = {"appreciationFee": fee, "appreciationPercent": percent}
        if chance.random() < 0.1:
            name = chance.choice(("amount", "rate", "months", "grace", "extra"))
            question["terms"][name] = chance.choice((-1, 0, 1, 61, 10**12))
        questions.append(question)
    for question, found in zip(questions, phone.ask(questions), strict=True):
        assert found == quoted(question), question


def test_annual_rates_of_any_payments(phone: PhoneRules, chance: random.Random) -> None:
    questions = [
        {
            "ask": "rate",
            "received": some_amount(chance),
            "totals": [some_amount(chance) for _ in range(chance.randint(1, 60))],
        }
        for _ in range(MANY)
    ]
    for question, found in zip(questions, phone.ask(questions), strict=True):
        wanted = annual_percentage_rate(question["received"], question["totals"])
        assert found == wanted, question


def some_facts(chance: random.Random) -> tuple[LoanFacts, dict[str, Any]]:
    """Facts as the server's rules take them, and the question to the phone."""
    on, able = some_day(chance), {one for one in "abcd" if chance.random() < 0.9}
    named = chance.sample("aabcd", k=chance.choice((2, 2, 2, 2, 0, 1, 3)))
    months = {
        month: chance.choice((499_99, 500_00, 1_000_00))
        for month in months_needed(on)
        if chance.random() < 0.95
    }
    facts = LoanFacts(
        amount=some_amount(chance),
        on=on,
        is_active=chance.random() < 0.9,
        group_active=chance.random() < 0.9,
        minimum_saving=chance.choice((0, 400_00, 500_00, 1_000_00)),
        paid_by_month=months,
        regular_savings=chance.choice((-5_00, 0, 10**9, some_amount(chance))),
        open_loans=chance.choice((0, 0, 0, 1, 2)),
        witnesses=[one in able for one in dict.fromkeys(named)],
        witnesses_named=len(named),
        has_id_front=chance.random() < 0.9,
        has_id_back=chance.random() < 0.9,
        own_documents=chance.random() < 0.9,
    )
    if chance.random() < 0.3:
        facts = replace(facts, amount=max(1, facts.regular_savings * 3 + chance.randint(-1, 1)))
    question = {
        "ask": "eligibility",
        "able": sorted(able),
        "facts": {
            "amount": facts.amount,
            "on": on.isoformat(),
            "isActive": facts.is_active,
            "groupActive": facts.group_active,
            "minimumSaving": facts.minimum_saving,
            "paidByMonth": {f"{year}-{month:02}": paid for (year, month), paid in months.items()},
            "regularSavings": facts.regular_savings,
            "openLoans": facts.open_loans,
            "witnesses": named,
            "hasIdFront": facts.has_id_front,
            "hasIdBack": facts.has_id_back,
            "ownDocuments": facts.own_documents,
        },
    }
    return facts, question


def month_name(month: str) -> str:
    return long_month(int(month[:4]), int(month[5:]), "en")


def test_every_rule_of_eligibility(phone: PhoneRules, chance: random.Random) -> None:
    cases = [some_facts(chance) for _ in range(MANY)]
    for (facts, question), found in zip(
        cases, phone.ask([question for _, question in cases]), strict=True
    ):
        wanted = failures(facts)
        codes = [(one.code, one.field) for one in wanted]
        assert [(one["code"], one["field"]) for one in found] == codes, question
        for mine, theirs in zip(found, wanted, strict=True):
            if "missing" in mine:
                names = ", ".join(month_name(month) for month in mine["missing"])
                assert theirs.message.endswith(f"missing: {names}.")
            if "limit" in mine:
                assert f"{mine['limit'] // 100:,}.{mine['limit'] % 100:02}:" in theirs.message
    assert any(not failures(facts) for facts, _ in cases)


def test_approvals_by_amount(phone: PhoneRules, chance: random.Random) -> None:
    roles = ("FIELD_OFFICER", "GROUP_CHAIR", "GROUP_COMMITTEE", "SYSTEM_ADMIN", "BANKING_TEAM")
    edges = (49_999_99, 50_000_00, 200_000_00, 200_000_01)
    questions = [
        {
            "ask": "approvals",
            "amount": chance.choice((*edges, some_amount(chance))),
            "filled": chance.choices(roles[:4], k=chance.randint(0, 3)),
            "role": chance.choice(roles),
        }
        for _ in range(MANY)
    ]
    for question, found in zip(questions, phone.ask(questions), strict=True):
        needed = places_for(question["amount"])
        left = missing(needed, question["filled"])
        place = place_of(question["role"], left)
        assert found == {"needed": needed, "left": left, "place": place}, question


def test_limits_of_withdrawals(phone: PhoneRules, chance: random.Random) -> None:
    questions, wanted = [], []
    for _ in range(MANY):
        opening, paid_in = some_amount(chance), chance.choice((0, some_amount(chance)))
        withdrawn = chance.choice((0, chance.randint(0, opening + paid_in)))
        savings = opening + paid_in - withdrawn
        owed = chance.choice((0, chance.randint(0, 3 * savings), some_amount(chance)))
        half = half_left(SavingsYear(opening, paid_in, withdrawn))
        free = security_left(savings, owed)
        edges = [limit + off for limit in (savings, half, free) for off in (0, 1)]
        amount = max(1, chance.choice([*edges, some_amount(chance)]))
        rules = (("NOT_ENOUGH_SAVINGS", savings), ("OVER_HALF", half), ("LOAN_SECURITY", free))
        broken = next(({"code": c, "limit": most} for c, most in rules if amount > most), None)
        facts = {"savings": savings, "owed": owed, "withdrawn": withdrawn}
        questions.append({"ask": "withdrawal", "facts": facts, "amount": amount})
        wanted.append(broken)
    assert phone.ask(questions) == wanted
