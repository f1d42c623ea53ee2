"""Whether a member may have a loan: each rule with its own code (design.md, Loans).

Pure, from plain facts: the phone judges the same (common/src/eligibility.ts), and
tests/properties/test_phone_agrees.py holds them to each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.dates import month_name
from app.errors import DomainError, RuleBroken
from app.money import format_grouped
from app.services.savings import LOAN_MULTIPLE, Month, month_before

MONTHS_NEEDED = 3
WITNESSES_NEEDED = 2


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """What the rules look at. Amounts in cents."""

    amount: int
    on: date
    """The day of the application."""
    is_active: bool = True
    group_active: bool = True
    minimum_saving: int = 500_00
    paid_by_month: Mapping[Month, int] = field(default_factory=dict)
    """Regular savings by calendar month."""
    regular_savings: int = 0
    open_loans: int = 0
    """Pending, approved or paid out."""
    witnesses: Sequence[bool] = ()
    """Of each different witness, whether they are another active member of the group."""
    witnesses_named: int = 0
    has_id_front: bool = True
    has_id_back: bool = True
    own_documents: bool = True
    """Whether the documents that were named are the member's own."""


def failures(facts: LoanFacts) -> list[DomainError]:
    """Every rule that the application fails, in a fixed order; empty when it may go on."""
    checks = (
        _left(facts),
        _group(facts),
        _months(facts),
        _limit(facts),
        _open(facts),
        _witnesses(facts),
        _identity(facts),
    )
    return [error for error in checks if error is not None]


def all_together(errors: Sequence[DomainError]) -> DomainError:
    """One error that carries them all: its code is the first one's."""
    first = errors[0]
    message = " ".join(error.message for error in errors)
    return RuleBroken(message, code=first.code, field=first.field, details=list(errors))


def months_needed(on: date) -> list[Month]:
    """The three calendar months before the application's, oldest first."""
    month = (on.year, on.month)
    found: list[Month] = []
    for _ in range(MONTHS_NEEDED):
        month = month_before(month)
        found.insert(0, month)
    return found


def _left(facts: LoanFacts) -> DomainError | None:
    if facts.is_active:
        return None
    return RuleBroken("The member has left the group.", code="MEMBER_LEFT", field="memberId")


def _group(facts: LoanFacts) -> DomainError | None:
    if facts.group_active:
        return None
    return RuleBroken("The group is not active.", code="GROUP_INACTIVE", field="memberId")


def _months(facts: LoanFacts) -> DomainError | None:
    wanted = max(facts.minimum_saving, 1)
    short = [
        month_name(year, month, "en")
        for year, month in months_needed(facts.on)
        if facts.paid_by_month.get((year, month), 0) < wanted
    ]
    if not short:
        return None
    return RuleBroken(
        f"Savings of {format_grouped(facts.minimum_saving)} are needed in each of the three "
        f"months before; missing: {', '.join(short)}.",
        code="NOT_ENOUGH_MONTHS",
        field="memberId",
    )


def _limit(facts: LoanFacts) -> DomainError | None:
    limit = max(0, facts.regular_savings) * LOAN_MULTIPLE
    if facts.amount <= limit:
        return None
    return RuleBroken(
        f"The loan may be at most {format_grouped(limit)}: three times the savings of "
        f"{format_grouped(max(0, facts.regular_savings))}.",
        code="OVER_LIMIT",
        field="amount",
    )


def _open(facts: LoanFacts) -> DomainError | None:
    if facts.open_loans == 0:
        return None
    return RuleBroken(
        "The member has another loan that is not finished.", code="LOAN_OPEN", field="memberId"
    )


def _witnesses(facts: LoanFacts) -> DomainError | None:
    right = facts.witnesses_named == WITNESSES_NEEDED == len(facts.witnesses)
    if right and all(facts.witnesses):
        return None
    return RuleBroken(
        "Two witnesses are needed: different active members of the group, not the borrower.",
        code="WITNESS_INVALID",
        field="witnesses",
    )


def _identity(facts: LoanFacts) -> DomainError | None:
    if facts.has_id_front and facts.has_id_back and facts.own_documents:
        return None
    sides = [
        name
        for name, there in (("front", facts.has_id_front), ("back", facts.has_id_back))
        if not there
    ]
    words = f"Missing: the {' and the '.join(sides)} of the ID." if sides else "Not the member's."
    return RuleBroken(
        f"Pictures of both sides of the member's ID are needed. {words}",
        code="ID_MISSING",
        field="idDocuments",
    )
