"""How much of their savings a member may take out (design.md, Savings). Pure, in cents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavingsYear:
    """A member's regular savings in one calendar year."""

    opening: int = 0
    """At the year's start."""
    paid_in: int = 0
    """Since then; what was reversed is not in it."""
    withdrawn: int = 0


def half_left(year: SavingsYear) -> int:
    """What may still be withdrawn this year: half of what was there at its start and was paid
    in since, less what was withdrawn."""
    return max(0, (year.opening + year.paid_in) // 2 - year.withdrawn)


def security_left(savings: int, owed: int) -> int:
    """What may go out so that at least a third of what the member owes stays."""
    must_stay = -(-max(0, owed) // 3)
    return max(0, savings - must_stay)
