"""What a stranger might send about a meeting of the home group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app import clock
from tests.access.row import FORBIDDEN, NOT_FOUND, NULL, Row
from tests.access.world import World
from tests.support.meetings import synced


def some_meeting(world: World) -> dict[str, Any]:
    return {"meetingId": str(world.ids["meeting"])}


def an_opening(world: World) -> dict[str, Any]:
    return {"groupId": str(world.home.id), "meetingDate": clock.now().date().isoformat()}


def who_came(world: World) -> dict[str, Any]:
    came = {"memberId": str(world.member.id), "status": "PRESENT"}
    return {**some_meeting(world), "attendance": [came]}


def a_sheet(world: World) -> dict[str, Any]:
    line = {
        "kind": "REGULAR",
        "memberId": str(world.member.id),
        "amount": "1",
        "paymentMethod": "CASH",
    }
    day = clock.now().date().isoformat()
    return {**some_meeting(world), "collectionDate": day, "lines": [line]}


def a_close(world: World) -> dict[str, Any]:
    return {**some_meeting(world), "denominations": []}


QUERIES: dict[str, Row] = {
    "meetings": Row(
        lambda world: {"groupId": str(world.home.id)}, NOT_FOUND, NOT_FOUND, shows=True
    ),
    "meeting": Row(lambda world: {"id": str(world.ids["meeting"])}, NULL, NULL, shows=True),
    "meetingLedger": Row(some_meeting, NOT_FOUND, NOT_FOUND),
}
WRITES: dict[str, Row] = {
    "openMeeting": Row(lambda world: {"input": an_opening(world)}, NOT_FOUND, FORBIDDEN),
    "recordAttendance": Row(lambda world: {"input": who_came(world)}, NOT_FOUND, FORBIDDEN),
    "submitCollectionSheet": Row(lambda world: {"input": a_sheet(world)}, NOT_FOUND, FORBIDDEN),
    "closeMeeting": Row(lambda world: {"input": a_close(world)}, NOT_FOUND, FORBIDDEN),
    "confirmMeeting": Row(lambda world: {"input": some_meeting(world)}, NOT_FOUND, NOT_FOUND),
}
BATCHED: dict[str, tuple[Callable[[World], dict[str, Any]], str, str]] = {
    "openMeeting": (
        lambda world: synced("openMeeting", an_opening(world)),
        "UNKNOWN_GROUP",
        FORBIDDEN,
    ),
    "recordAttendance": (
        lambda world: synced("recordAttendance", who_came(world)),
        "UNKNOWN_MEETING",
        FORBIDDEN,
    ),
    "submitCollectionSheet": (
        lambda world: synced("submitCollectionSheet", a_sheet(world)),
        "LINES_REFUSED",
        FORBIDDEN,
    ),
    "closeMeeting": (
        lambda world: synced("closeMeeting", a_close(world)),
        "UNKNOWN_MEETING",
        FORBIDDEN,
    ),
    "confirmMeeting": (
        lambda world: synced("confirmMeeting", some_meeting(world)),
        "UNKNOWN_MEETING",
        "UNKNOWN_MEETING",
    ),
}
"""What a batch might carry, and what officers and signatories of another group get for it."""
