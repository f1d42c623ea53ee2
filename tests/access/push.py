"""What a stranger might ask about notices, and about messages that could not be sent."""

from __future__ import annotations

from typing import Any

from app.models.base import new_id
from tests.access.row import FORBIDDEN, NOT_FOUND, NULL, Row, nothing
from tests.access.world import World


def the_phone(world: World) -> dict[str, Any]:
    return {"deviceId": str(world.ids["phone"])}


def a_subscription(world: World) -> dict[str, Any]:
    address = "https://fcm.googleapis.com/fcm/send/x"
    keys = {"endpoint": address, "p256dh": "BB", "auth": "AA"}
    return {"input": {**the_phone(world), **keys}}


def the_member(world: World) -> dict[str, Any]:
    return {"memberId": str(world.member.id)}


def wishes(world: World) -> dict[str, Any]:
    return {**the_member(world), "language": "en", "wanted": False}


def some_letters(_world: World) -> dict[str, Any]:
    return {"ids": [str(new_id())]}


def some_letters_and_why(world: World) -> dict[str, Any]:
    return {**some_letters(world), "reason": "No"}


QUERIES = {
    "vapidPublicKey": Row(officer=NULL, signatory=NULL),
    "messages": Row(the_member, FORBIDDEN, FORBIDDEN),
    "deadLetters": Row(nothing, FORBIDDEN, FORBIDDEN),
}
WRITES = {
    "setMemberMessages": Row(wishes, NOT_FOUND, FORBIDDEN),
    "resendMessages": Row(some_letters, FORBIDDEN, FORBIDDEN),
    "dismissMessages": Row(some_letters_and_why, FORBIDDEN, FORBIDDEN),
    "savePushSubscription": Row(a_subscription, NOT_FOUND, NOT_FOUND),
    "removePushSubscription": Row(the_phone, NOT_FOUND, NOT_FOUND),
}
