"""A group's own terms, with the deployment's defaults filled in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class GroupTerms:
    """Amounts in cents, rates and shares in hundredths of a percent (design.md, Savings, Loans,
    Dividends). A loan keeps the terms that it was applied for under."""

    minimum_saving: int = 500_00
    """The monthly target that eligibility looks at."""
    short_term_rate: int = 10_00
    long_term_rate: int = 12_00
    project_rate: int = 12_00
    profit_share: int = 70_00
    """The part of the profit that is distributed as dividends."""
    late_fine: int = 50_00
    """Once for each instalment that is late."""
    missed_meeting_fine: int = 50_00
    late_meeting_fine: int = 0
    missed_saving_fine: int = 0
    """For a calendar month without the minimum saving."""
    grace_days: int = 3
    """Days after the due date before an instalment is late."""
    early_days: int = 7
    """A payment so many days before the due date already counts for that instalment."""
    appreciation_fee: int = 0
    """Flat, taken at disbursement; or, not both:"""
    appreciation_percent: int = 0
    welfare_limit: int = 10_000_00
    """The most that one welfare payout may be."""
    welfare_months: int = 3
    """Months of membership before the first payout."""
    welfare_per_year: int = 2
    """Payouts to a member in a calendar year."""
    quorum_percent: int = 50_00
    """Of the active members, for a meeting that may decide."""


def terms_of(settings: dict[str, Any]) -> GroupTerms:
    """The terms in a group's `settings` column; unknown keys are left alone."""
    known = {item.name for item in fields(GroupTerms)}
    return GroupTerms(**{name: value for name, value in settings.items() if name in known})


def as_settings(terms: GroupTerms) -> dict[str, Any]:
    """The terms as they are kept with a loan."""
    return asdict(terms)
