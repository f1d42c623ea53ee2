"""Who must approve a loan or a welfare payout of which size (design.md, Loans)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.models import Role

OFFICER = Role.FIELD_OFFICER.value
CHAIR = Role.GROUP_CHAIR.value
COMMITTEE = Role.GROUP_COMMITTEE.value
ADMIN = Role.SYSTEM_ADMIN.value

SMALL = 50_000_00
"""Below this (cents) the officer and the chair approve, and the chair may sign offline."""
LARGE = 200_000_00
"""Above this an administrator too."""


def places_for(amount: int) -> list[str]:
    """The approvals that an amount in cents needs, by role, in order."""
    if amount < SMALL:
        return [OFFICER, CHAIR]
    places = [OFFICER, COMMITTEE, COMMITTEE]
    return [*places, ADMIN] if amount > LARGE else places


def missing(needed: Sequence[str], filled: Iterable[str]) -> list[str]:
    """The places that are still to be filled, in order."""
    left = list(needed)
    for role in filled:
        if role in left:
            left.remove(role)
    return left


def place_of(role: str, left: Sequence[str]) -> str | None:
    """The place that somebody of this role fills; None where there is none (any more).

    The chair may be one of the committee.
    """
    wanted = (CHAIR, COMMITTEE) if role == CHAIR else (role,)
    return next((place for place in wanted if place in left), None)
