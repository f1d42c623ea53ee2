"""Keeps the map alive: officers whom nobody signs in as ride on. It never posts money."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.demo.routes import Route
from app.demo.staff import OFFICERS
from app.demo.tracks import STALE, route_of
from app.models import FieldOfficer, Member, OfficerAssignment, Role, User
from app.runtime import Runtime
from app.services.operations.types import TrackOfficer
from app.services.tracking import record_position

EVERY_SECONDS = 10.0
log = logging.getLogger(__name__)


async def keep_moving(runtime: Runtime) -> None:
    """Moves the officers every few seconds, until it is cancelled."""
    while True:
        try:
            await move_once(runtime)
        except Exception:
            # A locked database or a removed officer must not stop the map for good.
            log.exception("the demo's officers did not move")
        await asyncio.sleep(EVERY_SECONDS)


async def move_once(runtime: Runtime) -> int:
    """Records where each of them is now, as their phones would; how many moved."""
    moving = await _moving(runtime)
    for actor, route, members in moving:
        position = route.at(clock.now(), runtime.settings.timezone, members, dated=False)

        async def work(
            session: AsyncSession, actor: Actor = actor, position: TrackOfficer = position
        ) -> None:
            await record_position(session, runtime, actor, position)

        await runtime.db.transact(work)
    return len(moving)


async def _moving(runtime: Runtime) -> list[tuple[Actor, Route, list[UUID]]]:
    """Officers of the demo who are still at work, with the members they may visit."""
    routes = {
        runtime.keys.blind_index("phone", f"+{officer.phone}"): route_of(officer)
        for officer in OFFICERS
        if officer.password is None and officer.phone not in STALE
    }
    async with runtime.db.reading() as session:
        found = await session.execute(
            select(col(User.id), col(User.phone_index))
            .join(FieldOfficer, col(FieldOfficer.id) == col(User.id))
            .where(
                col(User.phone_index).in_(routes),
                col(User.is_active).is_(True),
                col(FieldOfficer.is_active).is_(True),
            )
        )
        officers = {user_id: routes[bytes(index)] for user_id, index in found}
        served = await session.execute(
            select(col(OfficerAssignment.officer_id), col(Member.id))
            .join(Member, col(Member.group_id) == col(OfficerAssignment.group_id))
            .where(
                col(OfficerAssignment.officer_id).in_(officers),
                col(OfficerAssignment.removed_at).is_(None),
                col(Member.is_active).is_(True),
            )
            .order_by(col(Member.id))
        )
        members: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for officer_id, member_id in served:
            members[officer_id].append(member_id)
    return [
        (Actor(officer_id, Role.FIELD_OFFICER), route, members[officer_id])
        for officer_id, route in officers.items()
    ]
