"""Random questions that the phone and the server are both asked (test_phone_*.py).

They come from a fixed seed; TABLEBANKING_SEARCH=<number> asks so many new ones.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from app.services.loan_schedule import MONTHS, Planned, plan
from tests.properties.budget import SEARCH

MANY = SEARCH or 200
TYPES = tuple(MONTHS)


def some_amount(chance: random.Random) -> int:
    """Cents: round ones, odd ones, tiny and the largest ones."""
    return chance.choice(
        (
            chance.randint(1, 100) * 500_00,
            chance.randint(1, 300_000_00),
            chance.randint(1, 100),
            chance.randint(1, 10**12 - 1),
        )
    )


def some_day(chance: random.Random) -> date:
    return date(2024, 1, 1) + timedelta(days=chance.randint(0, 1200))


def some_terms(chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(TYPES)
    shortest, longest = MONTHS[kind]
    months = chance.randint(shortest, longest)
    amount = some_amount(chance)
    terms = {
        "loanType": kind,
        "amount": amount,
        "rate": chance.choice((0, 10_00, 12_00, chance.randint(1, 100_00))),
        "months": months,
        "grace": chance.choice((0, chance.randint(0, months - 1))) if kind == "PROJECT" else 0,
        "extra": 0,
    }
    if kind != "SHORT_TERM" and chance.random() < 0.3:
        terms["extra"] = chance.randint(0, amount)
    return terms


def planned(terms: dict[str, Any], start: date) -> list[Planned]:
    return plan(
        terms["loanType"],
        terms["amount"],
        terms["rate"],
        terms["months"],
        grace=terms["grace"],
        extra=terms["extra"],
        start=start,
    )
