"""A group's own terms, with the deployment's defaults filled in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class GroupTerms:
    """Amounts in cents, rates in hundredths of a percent (design.md, Savings and Loans)."""

    minimum_saving: int = 500_00
    short_term_rate: int = 10_00
    long_term_rate: int = 12_00
    project_rate: int = 12_00
    profit_share: int = 70_00
    late_fine: int = 50_00
    missed_meeting_fine: int = 50_00
    grace_days: int = 3


def terms_of(settings: dict[str, Any]) -> GroupTerms:
    """The terms in a group's `settings` column; unknown keys are left alone."""
    known = {item.name for item in fields(GroupTerms)}
    return GroupTerms(**{name: value for name, value in settings.items() if name in known})
