"""Many officers at once: on the map, and moving through the real servers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from math import cos, sin

import httpx

from app import clock
from app.models import BankingGroup
from app.services.operations.types import TrackOfficer
from tests.journeys.house import House
from tests.support.factories import Person

MOVE = """mutation ($latitude: Float!, $longitude: Float!) {
  trackOfficer(input: {latitude: $latitude, longitude: $longitude, activityType: TRAVEL,
    batteryLevel: 64}) { recordedAt }
}"""
CENTRE = (-0.30, 36.08)
SENDERS = 8
Place = Callable[[int, int], tuple[float, float]]


def round_nakuru(number: int, step: int) -> tuple[float, float]:
    """Where an officer is at a step of the way, to six digits."""
    latitude = CENTRE[0] + 0.05 * sin(number) + 0.001 * step
    longitude = CENTRE[1] + 0.05 * cos(number * 1.7) + 0.001 * step
    return round(latitude, 6), round(longitude, 6)


class Crowd:
    """Officers round one place, all of whom were there some minutes ago."""

    def __init__(
        self, house: House, group: BankingGroup, size: int, place: Place | None = None
    ) -> None:
        self._url = house.url
        self.place = place or round_nakuru

        async def make() -> list[Person]:
            return [
                await house.make.officer(group, name=f"Afisa {number:04d}")
                for number in range(size)
            ]

        self._house = house
        self.officers: Sequence[Person] = house.run(make)
        self._tokens: list[str] = []
        started = clock.now() - timedelta(minutes=10)
        house.track_all(
            [
                (person, TrackOfficer(*self.place(number, 0), "TRAVEL", recorded_at=started))
                for number, person in enumerate(self.officers)
            ]
        )

    async def _sign_in(self) -> list[str]:
        make = self._house.make
        return [(await make.sign_in(person)).access_token for person in self.officers]

    def move(self, step: int, who: range | None = None) -> None:
        """Each, or each of some, sends a position; returns when the last one is answered."""
        if not self._tokens:
            self._tokens = self._house.run(self._sign_in)
        with httpx.Client(base_url=self._url) as http, ThreadPoolExecutor(SENDERS) as senders:

            def send(number: int) -> None:
                latitude, longitude = self.place(number, step)
                response = http.post(
                    "/graphql",
                    json={
                        "query": MOVE,
                        "variables": {"latitude": latitude, "longitude": longitude},
                    },
                    headers={"Authorization": f"Bearer {self._tokens[number]}"},
                )
                assert "errors" not in response.json(), response.text

            list(senders.map(send, who or range(len(self._tokens))))
