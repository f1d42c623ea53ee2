"""What a stranger might ask about the home group's officer: places, days, what is unsent."""

from __future__ import annotations

from typing import Any

from app import clock
from tests.access.row import NOT_FOUND, NOTHING_OF_IT, Row, nothing
from tests.access.world import World


def track_of_insider(world: World) -> dict[str, Any]:
    return {"officerId": str(world.people["insider"].user_id), **a_way(world)}


def a_way(_world: World) -> dict[str, Any]:
    day = clock.now().date().isoformat()
    return {"from": f"{day}T00:00:00Z", "to": f"{day}T23:59:59Z"}


def day_of_insider(world: World) -> dict[str, Any]:
    day = clock.now().date().isoformat()
    return {"officerId": str(world.people["insider"].user_id), "date": day}


def meetings_of_the_day(_world: World) -> dict[str, Any]:
    return {"date": clock.now().date().isoformat()}


QUERIES = {
    "activeOfficerLocations": Row(nothing, NOTHING_OF_IT, NOTHING_OF_IT, shows=True),
    "officerTrack": Row(track_of_insider, NOT_FOUND, NOT_FOUND, shows=True),
    "officerDay": Row(day_of_insider, NOT_FOUND, NOT_FOUND, shows=True),
    "dayMeetings": Row(meetings_of_the_day, NOTHING_OF_IT, NOTHING_OF_IT),
    "officerWays": Row(a_way, NOTHING_OF_IT, NOTHING_OF_IT, shows=True),
    "unsentWork": Row(nothing, NOTHING_OF_IT, NOTHING_OF_IT, shows=True),
}
