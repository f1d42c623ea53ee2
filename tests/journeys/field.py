"""A group of two members and its officer, for journeys of the phone."""

from __future__ import annotations

from dataclasses import dataclass

from app.models import BankingGroup, Contribution, Member
from tests.journeys.house import House
from tests.support.factories import Person


@dataclass(frozen=True)
class Field:
    group: BankingGroup
    officer: Person
    jane: Member
    john: Member


def make_field(house: House) -> Field:
    make = house.make
    group = house.run(make.group)
    return Field(
        group=group,
        officer=house.run(lambda: make.officer(group)),
        jane=house.run(lambda: make.member(group, member_name="Jane Wanjiku")),
        john=house.run(lambda: make.member(group, member_name="John Kiprop")),
    )


def paid(house: House, field: Field) -> list[int]:
    """The contributions in the group's books, in cents."""
    return sorted(row.amount for row in house.all_of(Contribution, group_id=field.group.id))
