"""The members: who they are, and how regularly each of them pays."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.demo.groups import GROUPS, DemoGroup, meetings, registered_on
from app.demo.ids import id_at
from app.demo.images import id_card, portrait, signature
from app.demo.names import Community, Names
from app.demo.staff import CHAIR, COMMITTEE, SIGNATORIES_OF
from app.models import DocumentKind
from app.services.documents import clean_image
from app.services.operations.parse import registration
from app.services.operations.types import RegisterMember

PREFIXES = (*range(701, 730), *range(740, 744), 746, 748, *range(757, 760), 768, *range(790, 800))
PREFIXES += (110, 111, 112, 113, 114, 115, 100, 101, 102, *range(731, 740), *range(780, 790))
WOMEN_SHARE = 0.72
"""Most members of table banking groups are women."""
BORROWERS = 8
"""How many members of each group have asked for a loan: their papers are captured."""


@dataclass(slots=True)
class DemoMember:
    """A member and their habits; amounts are whole shillings."""

    id: UUID
    group: DemoGroup
    name: str
    joined: date
    savings: int
    """What they set out to save each month."""
    regularity: float
    """How likely they come to a meeting."""
    mobile_money: float
    """How often they send the money instead of bringing it."""
    left: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    """Their registration, as a phone sends it."""


@dataclass(slots=True)
class Numbers:
    """Phone and id numbers; none comes twice."""

    rng: random.Random
    phones: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def phone(self) -> str:
        while True:
            number = f"0{self.rng.choice(PREFIXES)}{self.rng.randrange(10**6):06d}"
            if number not in self.phones:
                self.phones.add(number)
                return number

    def national_id(self, born: date) -> str:
        """Eight digits that grow with the year of birth, as Kenya's do."""
        while True:
            number = str(5_000_000 + (born.year - 1950) * 640_000 + self.rng.randrange(640_000))
            if number not in self.ids:
                self.ids.add(number)
                return number.zfill(8)


def make_members(rng: random.Random, today: date, zone: ZoneInfo) -> list[DemoMember]:
    """All members of all groups; the first three of SIGNATORIES_OF sign for it."""
    names, numbers = Names(rng), Numbers(rng)
    made: list[DemoMember] = []
    for group in GROUPS:
        met = meetings(group, today)
        for number in range(group.members):
            founder = number < group.members * 4 // 5
            joined = registered_on(group, today) if founder else rng.choice(met[1 : -len(met) // 4])
            member = _make(rng, names, numbers, group, number, joined, zone)
            if group.code == SIGNATORIES_OF and number <= len(COMMITTEE):
                member.fields["phone"] = (CHAIR, *COMMITTEE)[number][0]
            made.append(member)
    return made


def _make(
    rng: random.Random,
    names: Names,
    numbers: Numbers,
    group: DemoGroup,
    number: int,
    joined: date,
    zone: ZoneInfo,
) -> DemoMember:
    community = rng.choice(group.communities)
    woman = number == 0 or rng.random() < WOMEN_SHARE
    name = names.draw(community, woman=woman)
    born = date(1958, 1, 1) + timedelta(days=rng.randrange(45 * 365))
    latitude, longitude = group.point
    fields = {
        "member_name": name,
        "id_number": numbers.national_id(born),
        "phone": numbers.phone(),
        "date_of_birth": born,
        "next_of_kin": _kin(rng, names, numbers, community, name, woman),
        "registration_date": joined,
        "geo": {
            # Within an hour's walk of the venue.
            "latitude": round(latitude + rng.gauss(0, 0.008), 6),
            "longitude": round(longitude + rng.gauss(0, 0.008), 6),
            "accuracy": round(rng.uniform(4, 25), 1),
        },
    }
    regularity = rng.choices((0.985, 0.93, 0.72), weights=(6, 3, 1))[0]
    at = datetime.combine(joined, time(9, number), zone)
    return DemoMember(
        id=id_at(rng, at),
        group=group,
        name=name,
        joined=joined,
        savings=rng.choice(group.savings),
        regularity=regularity,
        mobile_money=rng.choice((0.02, 0.02, 0.1, 0.45)),
        fields=fields,
    )


def _kin(
    rng: random.Random,
    names: Names,
    numbers: Numbers,
    community: Community,
    name: str,
    woman: bool,
) -> list[dict[str, Any]]:
    relations = [
        ("Husband" if woman else "Wife", not woman),
        ("Daughter", True),
        ("Son", False),
        ("Sister", True),
        ("Brother", False),
        ("Mother", True),
    ]
    kin = []
    for relationship, is_woman in rng.sample(relations, rng.choice((1, 1, 2))):
        family = name.split()[-1]
        kin.append(
            {
                "name": names.draw(community, woman=is_woman, family=family),
                "relationship": relationship,
                "phone": numbers.phone(),
                "id_number": None,
            }
        )
    return kin


def registrations(
    members: Iterable[DemoMember], groups: dict[str, UUID]
) -> Iterator[RegisterMember]:
    """The operations that register them; a few with captured papers."""
    seen: dict[str, int] = {}
    for member in members:
        code = member.group.code
        seen[code] = seen.get(code, 0) + 1
        body = registration({**member.fields, "id": member.id, "group_id": groups[code]})
        yield _with_papers(body, seen[code]) if seen[code] <= BORROWERS else body


def _with_papers(body: RegisterMember, look: int) -> RegisterMember:
    drawn = (
        (DocumentKind.ID_FRONT, id_card(body.member_name, body.id_number, front=True, look=look)),
        (DocumentKind.ID_BACK, id_card(body.member_name, body.id_number, front=False, look=look)),
        (DocumentKind.PHOTO, portrait(body.member_name, look)),
        (DocumentKind.SIGNATURE, signature(body.member_name)),
    )
    images = tuple(clean_image(data, kind.value, "idPhoto") for kind, data in drawn)
    return replace(body, images=images)
