"""Changing a group: name, place, point, meetings, status. Edits of different fields merge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.access import lock_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.bulk import insert_rows
from app.errors import BadInput, VersionConflict
from app.models import BankingGroup, SearchToken
from app.places import match_place
from app.runtime import Runtime
from app.services import audit, search
from app.services.groups import check_day, check_point
from app.services.operations.parse import check_accuracy, clean_text
from app.services.settings import camel

PLACE = ("county", "constituency", "ward")
"""One value in three columns: a ward means something in its constituency only."""
POINT = ("latitude", "longitude", "geo_accuracy")
UNTOLD = frozenset({"meeting_venue", "village", "geo"})
"""Fields whose values stay out of the audit log: groups meet in their members' homes."""


async def update_group(
    runtime: Runtime, actor: Actor, group_id: UUID, base_version: int, wanted: Mapping[str, Any]
) -> BankingGroup:
    """The group with what is `wanted` by column name (`geo`: latitude, longitude, accuracy).

    BAD_INPUT names the field. A field that somebody else changed since `base_version` to
    something else is a CONFLICT, with both values; the others merge.
    """
    demand(actor, "groups:manage")

    async def work(session: AsyncSession) -> BankingGroup:
        group = await lock_group(session, actor, group_id)
        if not 1 <= base_version <= group.version:
            raise BadInput("There is no such version of the group.", field="baseVersion")
        before = _values(group)
        after = _checked(wanted, before)
        changes = {name: value for name, value in after.items() if before[name] != value}
        _refuse_clashes(group, base_version, before, changes)
        if changes:
            await _apply(session, actor, group, before, changes)
        return group

    return await runtime.db.transact(work)


def _values(group: BankingGroup) -> dict[str, Any]:
    names = ("name", *PLACE, "location", "village", "meeting_day", "meeting_venue", "status")
    point = tuple(getattr(group, name) for name in POINT)
    return {
        **{name: getattr(group, name) for name in names},
        "geo": point if group.latitude is not None else None,
    }


def _checked(wanted: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, longest in (("name", 255), ("meeting_venue", 255)):
        if name in wanted:
            found[name] = clean_text(wanted[name], camel(name), longest)
    for name in ("location", "village"):
        if name in wanted:
            found[name] = clean_text(wanted[name], name, 100, required=False) or None
    if any(name in wanted for name in PLACE):
        place = match_place(*(wanted.get(name, before[name]) for name in PLACE))
        found.update(zip(PLACE, place, strict=True))
    if "meeting_day" in wanted:
        found["meeting_day"] = check_day(wanted["meeting_day"])
    if "status" in wanted:
        found["status"] = wanted["status"]
    if "geo" in wanted:
        latitude, longitude, accuracy = wanted["geo"]
        check_point(latitude, longitude)
        found["geo"] = (latitude, longitude, check_accuracy(accuracy))
    return found


def _refuse_clashes(
    group: BankingGroup, base_version: int, before: Mapping[str, Any], changes: Mapping[str, Any]
) -> None:
    clashes = [name for name in changes if group.field_versions.get(name, 1) > base_version]
    if not clashes:
        return
    current = {"id": str(group.id), "version": group.version, **_as_json(before)}
    yours = _as_json({name: changes[name] for name in clashes})
    message = "Somebody else changed the group in the meantime."
    error = VersionConflict(message, current, yours)
    error.field = camel(clashes[0])
    raise error


def _as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """In the names of BankingGroup."""
    point = values.get("geo")
    found = {camel(name): value for name, value in values.items()}
    if point is not None:
        found["geo"] = dict(zip(("latitude", "longitude", "accuracy"), point, strict=True))
    return found


async def _apply(
    session: AsyncSession,
    actor: Actor,
    group: BankingGroup,
    before: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> None:
    moved = {*changes, *(PLACE if not changes.keys().isdisjoint(PLACE) else ())}
    group.version += 1
    group.field_versions = {**group.field_versions, **dict.fromkeys(moved, group.version)}
    group.change_sequence += 1
    for name, value in changes.items():
        if name == "geo":
            for column, part in zip(POINT, value, strict=True):
                setattr(group, column, part)
            group.geo_recorded_at = clock.now()
        else:
            setattr(group, name, value)
    session.add(group)
    await session.flush()
    if "name" in changes:
        await session.execute(
            delete(SearchToken).where(
                col(SearchToken.entity_id) == group.id, col(SearchToken.kind) == "group"
            )
        )
        rows = search.token_rows("group", group.id, group.name, group.group_code)
        await insert_rows(session, SearchToken, ("entity_id", "token", "kind"), rows)
    told = {camel(name): [before[name], changes[name]] for name in changes if name not in UNTOLD}
    audit.record(
        session,
        "group.changed",
        actor_id=actor.user_id,
        entity_id=group.id,
        group_id=group.id,
        fields=sorted(camel(name) for name in changes),
        changes=told,
    )
