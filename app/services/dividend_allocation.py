"""Sharing a year's profit out to the cent (design.md, Dividends; tests/cases/dividends.json)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from app.money import round_half_even


def distributable(profit: int, fees: int, share: int) -> int:
    """Cents to share out: `share` (hundredths of a percent) of the profit, half-even, and all
    appreciation fees. A loss counts as nothing."""
    return round_half_even(Fraction(max(profit, 0) * share, 100_00)) + max(fees, 0)


def allocate(amount: int, savings: Mapping[Any, int]) -> dict[Any, int]:
    """Divides `amount` by savings: largest remainder to the cent, ties to the larger saver,
    then to the smaller id. The shares sum to `amount`, or to nothing where nobody saved."""
    total = sum(savings.values())
    if total <= 0:
        return dict.fromkeys(savings, 0)
    shares = {}
    remainders = []
    for member, saved in savings.items():
        whole, remainder = divmod(amount * saved, total)
        shares[member] = whole
        remainders.append((-remainder, -saved, member))
    left = amount - sum(shares.values())
    for _, _, member in sorted(remainders)[:left]:
        shares[member] += 1
    return shares
