"""Whether a member may have a payout from the welfare fund (design.md, Savings).

Pure, from plain facts: each condition has its own code, and those that fail come together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError, RuleBroken
from app.money import format_grouped
from app.services.group_settings import GroupTerms
from app.services.loan_schedule import months_after


@dataclass(frozen=True, slots=True)
class WelfareFacts:
    """What the conditions look at. Amounts in cents."""

    amount: int
    on: date
    """The day of the request."""
    member_since: date
    terms: GroupTerms
    is_active: bool = True
    group_active: bool = True
    payouts: int = 0
    """Paid in the calendar year, and asked for but not paid yet."""
    fund: int = 0
    """What the welfare fund holds."""
    money: int = 0
    """On the table, in the bank and on M-Pesa together."""


def failures(facts: WelfareFacts) -> list[DomainError]:
    """Every condition that is not met, in a fixed order; empty when it may go on."""
    checks = (
        _left(facts),
        _group(facts),
        _membership(facts),
        _limit(facts),
        too_many(facts.payouts, facts.terms),
        fund_breach(facts.fund, facts.amount),
        _money(facts),
    )
    return [error for error in checks if error is not None]


def too_many(payouts: int, terms: GroupTerms) -> DomainError | None:
    """Against one more payout in the calendar year."""
    if payouts < terms.welfare_per_year:
        return None
    return RuleBroken(
        f"At most {terms.welfare_per_year} welfare payouts to a member in a year.",
        code="TOO_MANY_PAYOUTS",
        field="memberId",
    )


def fund_breach(fund: int, amount: int) -> DomainError | None:
    """Against taking more out of the welfare fund than it holds."""
    if amount <= fund:
        return None
    return RuleBroken(
        f"The welfare fund holds {format_grouped(max(0, fund))}.",
        code="NOT_ENOUGH_FUND",
        field="amount",
    )


def _left(facts: WelfareFacts) -> DomainError | None:
    if facts.is_active:
        return None
    return RuleBroken("The member has left the group.", code="MEMBER_LEFT", field="memberId")


def _group(facts: WelfareFacts) -> DomainError | None:
    if facts.group_active:
        return None
    return RuleBroken("The group is not active.", code="GROUP_INACTIVE", field="memberId")


def _membership(facts: WelfareFacts) -> DomainError | None:
    since = months_after(facts.member_since, facts.terms.welfare_months)
    if since <= facts.on:
        return None
    return RuleBroken(
        f"A member for {facts.terms.welfare_months} months may ask: from {since.isoformat()} on.",
        code="MEMBER_TOO_SHORT",
        field="memberId",
    )


def _limit(facts: WelfareFacts) -> DomainError | None:
    if facts.amount <= facts.terms.welfare_limit:
        return None
    return RuleBroken(
        f"One welfare payout is at most {format_grouped(facts.terms.welfare_limit)}.",
        code="OVER_LIMIT",
        field="amount",
    )


def _money(facts: WelfareFacts) -> DomainError | None:
    if facts.amount <= facts.money:
        return None
    return RuleBroken(
        "The group does not have this much money.", code="NOT_ENOUGH_MONEY", field="amount"
    )
