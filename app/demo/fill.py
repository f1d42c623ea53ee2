"""Fills an empty, migrated database: every record comes through the services that people use."""

from __future__ import annotations

import random
import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.auth.actor import Actor
from app.config import Settings
from app.demo.gatherings import Gatherings
from app.demo.groups import GROUPS, DemoGroup, registered_on
from app.demo.held import held_operations, leaver, make_leave
from app.demo.history import make_history
from app.demo.ids import id_at
from app.demo.lending import Signing, lend
from app.demo.members import DemoMember, make_members, registrations
from app.demo.staff import (
    CHAIR,
    COMMITTEE,
    OFFICERS,
    SIGNATORIES_OF,
    Signatory,
    create_admin,
    create_officers,
    create_signatories,
    elect_officials,
    take_groups_away,
)
from app.demo.tracks import record_tracks
from app.models import Role
from app.runtime import Runtime, close_runtime, make_runtime
from app.services.groups import NewGroup, create_group
from app.services.ledger_check import verify_books
from app.services.operations.apply import apply_operations
from app.services.operations.types import APPLIED, HELD, Operation, RecordContribution
from app.workers.late_fines import charge_late_fines

SEED = "table banking"
BATCH = 1_000
"""As many operations as a phone may send at once."""
LEFT = "NKR-002"
Say = Callable[[str], None]


async def fill(settings: Settings, say: Say) -> None:
    """Groups, people, a year of meetings, positions; fails unless the books verify."""
    runtime = make_runtime(settings)
    await runtime.events.start()
    try:
        await _fill(runtime, say)
    finally:
        await close_runtime(runtime)


async def _fill(runtime: Runtime, say: Say) -> None:
    rng = random.Random(SEED)
    now, zone = clock.now(), runtime.settings.timezone
    today = now.astimezone(zone).date()
    admin = await create_admin(runtime)
    groups = await _create_groups(runtime, admin)
    say(f"  {len(groups)} groups in {len({group.place[0] for group in GROUPS})} counties")
    ages = {group.code: group.age_days for group in GROUPS}
    officers = await create_officers(runtime, admin, groups, ages)
    serving = {code: officers[one.phone] for one in OFFICERS for code in one.groups}

    members = make_members(rng, today, zone)
    await _apply(
        runtime,
        [
            Operation(serving[member.group.code], body, id_at(rng, now), synced=True)
            for member, body in zip(members, registrations(members, groups), strict=True)
        ],
        APPLIED,
    )
    signing = {
        groups[code]: await _sign_for(runtime, admin, groups[code], members, serving[code], code)
        for code in serving
    }
    say(f"  {len(members)} members with their next of kin and papers, {len(officers)} officers")

    await _record_history(runtime, Gatherings(rng, groups, signing, members), rng, say)
    of_group: defaultdict[UUID, list[DemoMember]] = defaultdict(list)
    for member in members:
        of_group[groups[member.group.code]].append(member)
    loans = await lend(runtime, rng, of_group, signing, now)
    fined = await charge_late_fines({"runtime": runtime})
    say(f"  {loans} loans: asked for, approved, paid out, repaid, and {fined} instalments late")
    gone = leaver(members, LEFT)
    await _apply(runtime, [make_leave(serving[LEFT], gone, rng, now)], APPLIED)
    await take_groups_away(runtime, admin, officers, groups)
    held = held_operations(rng, members, groups, officers, now, today)
    await _apply(runtime, held, HELD)
    say(f"  {len(held)} payments that wait for the office to place them")

    by_group: defaultdict[str, list[UUID]] = defaultdict(list)
    for member in members:
        if member is not gone:
            by_group[member.group.code].append(member.id)
    positions = await record_tracks(runtime, officers, by_group, now)
    say(f"  {positions:,} positions of {len(officers)} officers")
    await _verify(runtime, say)


async def _create_groups(runtime: Runtime, admin: Actor) -> dict[str, UUID]:
    today = clock.today(runtime.settings.timezone)

    async def work(session: AsyncSession) -> dict[str, UUID]:
        return {
            group.code: (await create_group(runtime, session, admin, _new_group(group, today))).id
            for group in GROUPS
        }

    return await runtime.db.transact(work)


def _new_group(group: DemoGroup, today: date) -> NewGroup:
    county, constituency, ward = group.place
    latitude, longitude = group.point
    return NewGroup(
        name=group.name,
        group_code=group.code,
        county=county,
        constituency=constituency,
        ward=ward,
        village=group.village,
        meeting_day=group.meets[0],
        meeting_venue=group.venue,
        registration_date=registered_on(group, today),
        latitude=latitude,
        longitude=longitude,
        accuracy=10.0,
    )


async def _sign_for(
    runtime: Runtime,
    admin: Actor,
    group_id: UUID,
    members: Sequence[DemoMember],
    officer: Actor,
    code: str,
) -> Signing:
    signatories = _signatories(members, code)
    elected = [member.id for member in members if member.group.code == code]
    await elect_officials(runtime, admin, group_id, elected)
    chair, *committee = await create_signatories(runtime, admin, group_id, signatories)
    return Signing(officer, chair, tuple(committee))


def _signatories(members: Sequence[DemoMember], code: str) -> list[Signatory]:
    """The group's first members: chair, then committee. Only those of one group sign in."""
    of_group = [member for member in members if member.group.code == code]
    logins = (CHAIR, *COMMITTEE)
    return [
        Signatory(
            member.id,
            member.name,
            member.fields["phone"],
            login[1] if code == SIGNATORIES_OF else secrets.token_urlsafe(24),
            Role.GROUP_COMMITTEE if number else Role.GROUP_CHAIR,
        )
        for number, (member, login) in enumerate(zip(of_group, logins, strict=False))
    ]


async def _record_history(
    runtime: Runtime, gatherings: Gatherings, rng: random.Random, say: Say
) -> None:
    zone = runtime.settings.timezone
    payments = make_history(rng, gatherings.members, clock.today(zone), zone)
    operations = list(gatherings.weave(payments))
    done = 0
    for start in range(0, len(operations), BATCH):
        batch = operations[start : start + BATCH]
        await _apply(runtime, batch, APPLIED)
        done += sum(operation.kind == RecordContribution.kind for operation in batch)
        say(f"  {done:,} of {len(payments):,} contributions, up to {payments[done - 1].at:%B %Y}")


async def _apply(runtime: Runtime, operations: Sequence[Operation], expected: str) -> None:
    for start in range(0, len(operations), BATCH):
        batch = operations[start : start + BATCH]
        for operation, outcome in zip(batch, await apply_operations(runtime, batch), strict=True):
            if outcome.outcome != expected:
                raise AssertionError(f"{operation.kind}: {outcome.outcome}, {outcome.error!r}")


async def _verify(runtime: Runtime, say: Say) -> None:
    found = await verify_books(runtime)
    if found.problems:
        raise AssertionError("\n".join(str(problem) for problem in found.problems))
    say(f"  the books verify: {found.entries:,} entries, sums, balances and hash chain")
