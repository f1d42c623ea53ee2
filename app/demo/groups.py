"""The demo's groups: where they meet, how often, and what their members set out to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.names import (
    KALENJIN,
    KAMBA,
    KIKUYU,
    KISII,
    LUHYA,
    LUO,
    MIJIKENDA,
    SWAHILI,
    Community,
)
from app.services.groups import DAYS

WEEKLY = 0
"""In place of which meeting day of the month it is."""


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """A group as it is described; amounts are whole shillings."""

    code: str
    name: str
    place: tuple[str, str, str]
    """County, constituency, ward."""
    meets: tuple[str, int]
    """The day of the week, and the how-manieth of the month (or WEEKLY)."""
    venue: str
    point: tuple[float, float]
    """Latitude and longitude of the venue."""
    members: int
    communities: Sequence[Community]
    """Repeated by their share of the members."""
    age_days: int = 365
    """How long ago it was registered."""
    savings: Sequence[int] = (500, 500, 600, 800, 1000, 1000, 1500, 2000)
    """What members set out to save each month."""
    welfare: int = 100
    project: int = 0
    """Paid each month into a common project; 0 where there is none."""
    village: str | None = None

    @property
    def weekly(self) -> bool:
        return self.meets[1] == WEEKLY


GROUPS: tuple[DemoGroup, ...] = (
    DemoGroup(
        "NKR-001",
        "Tumaini Women Group",
        place=("Nakuru", "Molo", "Turi"),
        meets=("TUESDAY", WEEKLY),
        venue="Turi Primary School hall",
        point=(-0.2722, 35.7719),
        members=18,
        communities=(KIKUYU, KIKUYU, KALENJIN),
        age_days=368,
        project=200,
        village="Turi",
    ),
    DemoGroup(
        "NKR-002",
        "Upendo Elburgon",
        place=("Nakuru", "Molo", "Elburgon"),
        meets=("THURSDAY", 1),
        venue="Elburgon social hall",
        point=(-0.3037, 35.8105),
        members=16,
        communities=(KIKUYU, KALENJIN, KISII),
        age_days=371,
        village="Elburgon",
    ),
    DemoGroup(
        "NKR-003",
        "Njoro Bidii Farmers",
        place=("Nakuru", "Njoro", "Njoro"),
        meets=("SATURDAY", 2),
        venue="Njoro dairy cooperative",
        point=(-0.3290, 35.9440),
        members=20,
        communities=(KALENJIN, KIKUYU, LUHYA),
        savings=(1000, 1000, 1500, 2000, 2500, 3000),
        project=500,
        village="Njoro",
    ),
    DemoGroup(
        "KSM-001",
        "Nyalore Women Group",
        place=("Kisumu", "Nyando", "Ahero"),
        meets=("WEDNESDAY", 3),
        venue="Ahero market shed",
        point=(-0.1739, 34.9200),
        members=17,
        communities=(LUO, LUO, LUO, LUHYA),
        project=200,
        village="Ahero",
    ),
    DemoGroup(
        "KSM-002",
        "Kondele Traders",
        place=("Kisumu", "Kisumu Central", "Kondele"),
        meets=("FRIDAY", WEEKLY),
        venue="Kondele social hall",
        point=(-0.0838, 34.7720),
        members=15,
        communities=(LUO, LUO, LUHYA, KISII),
        age_days=366,
        savings=(800, 1000, 1200, 1600, 2000, 3000),
    ),
    DemoGroup(
        "KKG-001",
        "Mwangaza Isukha",
        place=("Kakamega", "Shinyalu", "Isukha Central"),
        meets=("MONDAY", 2),
        venue="Shinyalu church hall",
        point=(0.2331, 34.7962),
        members=14,
        communities=(LUHYA,),
        village="Shinyalu",
    ),
    DemoGroup(
        "KKG-002",
        "Shirere Umoja",
        place=("Kakamega", "Lurambi", "Shirere"),
        meets=("SATURDAY", 4),
        venue="Shirere community centre",
        point=(0.2742, 34.7581),
        members=13,
        communities=(LUHYA, LUHYA, LUO),
        age_days=198,
        savings=(500, 500, 700, 1000),
    ),
    DemoGroup(
        "MKS-001",
        "Mumbuni Wendano",
        place=("Machakos", "Machakos Town", "Mumbuni North"),
        meets=("FRIDAY", 1),
        venue="Mumbuni chief's office",
        point=(-1.4935, 37.2480),
        members=15,
        communities=(KAMBA,),
        project=300,
        village="Mumbuni",
    ),
    DemoGroup(
        "MKS-002",
        "Masii Kyeni Self Help",
        place=("Machakos", "Mwala", "Masii"),
        meets=("TUESDAY", 3),
        venue="Masii Catholic church",
        point=(-1.4580, 37.4420),
        members=16,
        communities=(KAMBA, KAMBA, KAMBA, KIKUYU),
        savings=(500, 500, 600, 800, 1000),
        village="Masii",
    ),
    DemoGroup(
        "KLF-001",
        "Sauti ya Wanawake Sokoni",
        place=("Kilifi", "Kilifi North", "Sokoni"),
        meets=("SUNDAY", 1),
        venue="Kilifi fish landing banda",
        point=(-3.6305, 39.8475),
        members=16,
        communities=(MIJIKENDA, MIJIKENDA, SWAHILI),
        village="Mtaani",
    ),
    DemoGroup(
        "KLF-002",
        "Tezo Pamoja",
        place=("Kilifi", "Kilifi North", "Tezo"),
        meets=("THURSDAY", WEEKLY),
        venue="Tezo Primary School",
        point=(-3.5512, 39.8526),
        members=14,
        communities=(MIJIKENDA,),
        age_days=240,
        savings=(500, 500, 600, 800),
        village="Tezo",
    ),
    DemoGroup(
        "NYR-001",
        "Karatina Market Women",
        place=("Nyeri", "Mathira", "Karatina Town"),
        meets=("MONDAY", 1),
        venue="Karatina market office",
        point=(-0.4829, 37.1276),
        members=16,
        communities=(KIKUYU,),
        savings=(1000, 1500, 2000, 2500),
        welfare=200,
    ),
)


def registered_on(group: DemoGroup, today: date) -> date:
    return today - timedelta(days=group.age_days)


def meetings(group: DemoGroup, today: date) -> list[date]:
    """The days the group met, from its registration to today."""
    name, nth = group.meets
    day = registered_on(group, today)
    day += timedelta(days=(DAYS.index(name) - day.weekday()) % 7)
    found: list[date] = []
    while day <= today:
        if nth == WEEKLY or (day.day - 1) // 7 + 1 == nth:
            found.append(day)
        day += timedelta(days=7)
    return found
