"""What a stranger might ask about the notices of the home group's officer."""

from __future__ import annotations

from typing import Any

from tests.access.row import NOT_FOUND, NULL, Row
from tests.access.world import World


def the_phone(world: World) -> dict[str, Any]:
    return {"deviceId": str(world.ids["phone"])}


def a_subscription(world: World) -> dict[str, Any]:
    address = "https://fcm.googleapis.com/fcm/send/x"
    keys = {"endpoint": address, "p256dh": "BB", "auth": "AA"}
    return {"input": {**the_phone(world), **keys}}


QUERIES = {"vapidPublicKey": Row(officer=NULL, signatory=NULL)}
WRITES = {
    "savePushSubscription": Row(a_subscription, NOT_FOUND, NOT_FOUND),
    "removePushSubscription": Row(the_phone, NOT_FOUND, NOT_FOUND),
}
