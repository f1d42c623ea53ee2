"""What a stranger might try on the home group itself, and on its people."""

from __future__ import annotations

from typing import Any

from tests.access.row import FORBIDDEN, Row
from tests.access.world import World


def new_group(_world: World) -> dict[str, Any]:
    return {
        "input": {
            "name": "Nasaba",
            "groupCode": "NAS-001",
            "county": "Nakuru",
            "constituency": "Nakuru Town East",
            "ward": "Menengai",
            "meetingDay": "MONDAY",
            "meetingVenue": "Hall",
        }
    }


def an_edit(world: World) -> dict[str, Any]:
    return {"groupId": str(world.home.id), "baseVersion": 1, "input": {"name": "Taken over"}}


def insider(world: World) -> dict[str, Any]:
    return {"groupId": str(world.home.id), "officerId": str(world.people["insider"].user_id)}


def outsider(world: World) -> dict[str, Any]:
    return {"groupId": str(world.home.id), "officerId": str(world.people["officer"].user_id)}


def member(world: World) -> dict[str, Any]:
    return {"groupId": str(world.home.id), "memberId": str(world.member.id)}


WRITES = {
    "createGroup": Row(new_group, FORBIDDEN, FORBIDDEN),
    "updateGroupSettings": Row(
        lambda world: {
            "groupId": str(world.home.id),
            "baseVersion": 1,
            "input": {"graceDays": 5},
        },
        FORBIDDEN,
        FORBIDDEN,
    ),
    "updateGroup": Row(an_edit, FORBIDDEN, FORBIDDEN),
    "assignGroupOfficer": Row(outsider, FORBIDDEN, FORBIDDEN),
    "removeGroupOfficer": Row(insider, FORBIDDEN, FORBIDDEN),
    "assignGroupOfficial": Row(
        lambda world: {**member(world), "office": "CHAIR"}, FORBIDDEN, FORBIDDEN
    ),
    "removeGroupOfficial": Row(member, FORBIDDEN, FORBIDDEN),
}
