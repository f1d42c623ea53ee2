"""What a stranger might try on the home group itself, and on its people."""

from __future__ import annotations

from typing import Any

from app.models.base import new_id
from tests.access.row import FORBIDDEN, NOT_FOUND, Row
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


def a_user(world: World) -> dict[str, Any]:
    return {"id": str(world.people["insider"].user_id)}


def of_insider(world: World) -> dict[str, Any]:
    return {"userId": str(world.people["insider"].user_id)}


def of_member(world: World) -> dict[str, Any]:
    return {"memberId": str(world.member.id)}


def an_invitation(world: World) -> dict[str, Any]:
    values = {"name": "Nani", "phone": "0799 000 444", "role": "FIELD_OFFICER"}
    return {"input": {**values, "groupIds": [str(world.home.id)]}}


def a_code(_world: World) -> dict[str, Any]:
    return {"phone": "0799 000 333", "code": "12345678", "password": "kikundi-kipya"}


QUERIES = {
    "users": Row(lambda world: {"groupId": str(world.home.id)}, FORBIDDEN, FORBIDDEN),
    "user": Row(a_user, FORBIDDEN, FORBIDDEN),
    "sessions": Row(of_insider, FORBIDDEN, FORBIDDEN),
    "devices": Row(of_insider, FORBIDDEN, FORBIDDEN),
    "textsNaming": Row(of_member, FORBIDDEN, FORBIDDEN),
}
SESSIONS = {"acceptInvitation": Row(a_code, open=True)}
WRITES = {
    "exportMember": Row(of_member, FORBIDDEN, FORBIDDEN),
    "redactText": Row(
        lambda world: {**of_member(world), "kind": "LOAN", "id": str(world.ids["loan"])},
        FORBIDDEN,
        FORBIDDEN,
    ),
    "eraseMember": Row(
        lambda world: {**of_member(world), "reason": "MEMBER_ASKED"}, FORBIDDEN, FORBIDDEN
    ),
    "inviteUser": Row(an_invitation, FORBIDDEN, FORBIDDEN),
    "updateUser": Row(
        lambda world: {**a_user(world), "input": {"name": "X"}}, FORBIDDEN, FORBIDDEN
    ),
    "deactivateUser": Row(a_user, FORBIDDEN, FORBIDDEN),
    "reactivateUser": Row(a_user, FORBIDDEN, FORBIDDEN),
    "resetPassword": Row(of_insider, FORBIDDEN, FORBIDDEN),
    "revokeAllSessions": Row(of_insider, FORBIDDEN, FORBIDDEN),
    "revokeSession": Row(lambda world: {"id": str(world.ids["session"])}, NOT_FOUND, NOT_FOUND),
    "revokeDevice": Row(lambda world: {"id": str(new_id())}, FORBIDDEN, FORBIDDEN),
    "restoreDevice": Row(lambda world: {"id": str(new_id())}, FORBIDDEN, FORBIDDEN),
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
