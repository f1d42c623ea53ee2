"""Who signs in to the demo, and which officer serves which group."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.auth.actor import Actor
from app.models import Office, Role
from app.runtime import Runtime
from app.services import officials, people

ADMIN = ("Nyawira Gathogo", "254700000001", "demo-admin")
CHAIR = ("254700000003", "demo-chair")
COMMITTEE = (("254700000004", "demo-committee"), ("254700000005", "demo-committee"))
SIGNATORIES_OF = "NKR-001"
OFFICES = (Office.CHAIR, Office.SECRETARY, Office.TREASURER, Office.COMMITTEE)
"""Of a group's first members. Those who sign in are the first of them."""


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """An officer and the codes of the groups they serve."""

    name: str
    phone: str
    groups: tuple[str, ...]
    password: str | None = None
    """None: nobody signs in as them, they are only seen."""
    once_served: tuple[str, ...] = ()
    """Groups that were taken from them lately."""


OFFICERS: tuple[DemoOfficer, ...] = (
    DemoOfficer(
        "Kipkorir Langat", "254700000002", ("NKR-001", "NKR-002", "NKR-003"), "demo-officer"
    ),
    DemoOfficer("Millicent Awuor Ogutu", "254700000011", ("KSM-001", "KSM-002")),
    DemoOfficer("Ferdinand Shivachi", "254700000012", ("KKG-001", "KKG-002"), None, ("KSM-001",)),
    DemoOfficer("Josephine Nduku Mutua", "254700000013", ("MKS-001", "MKS-002")),
    DemoOfficer("Hamisi Karisa Baya", "254700000014", ("KLF-001", "KLF-002")),
    DemoOfficer("Wangari Gichuru", "254700000015", ("NYR-001",)),
)


@dataclass(frozen=True, slots=True)
class Signatory:
    """A member who signs for the group: name, phone and password of their sign-in."""

    member_id: UUID
    name: str
    phone: str
    password: str
    role: Role


async def create_admin(runtime: Runtime) -> Actor:
    name, phone, password = ADMIN

    async def work(session: AsyncSession) -> Actor:
        user = await people.create_user(
            session,
            runtime,
            None,
            name=name,
            phone=phone,
            password=password,
            role=Role.SYSTEM_ADMIN,
        )
        return Actor(user.id, Role.SYSTEM_ADMIN)

    return await runtime.db.transact(work)


async def create_officers(
    runtime: Runtime, admin: Actor, groups: Mapping[str, UUID], ages: Mapping[str, int]
) -> dict[str, Actor]:
    """The officers by phone, serving their groups since these were registered (days ago)."""
    midnight = datetime.combine(
        clock.today(runtime.settings.timezone), time(), runtime.settings.timezone
    ).astimezone(UTC)

    async def work(session: AsyncSession) -> dict[str, Actor]:
        made: dict[str, Actor] = {}
        for officer in OFFICERS:
            user = await people.create_officer(
                session,
                runtime,
                admin,
                name=officer.name,
                phone=officer.phone,
                password=officer.password or secrets.token_urlsafe(24),
            )
            made[officer.phone] = Actor(user.id, Role.FIELD_OFFICER)
            for code in (*officer.groups, *officer.once_served):
                await people.assign_officer(
                    session,
                    runtime,
                    admin,
                    officer_id=user.id,
                    group_id=groups[code],
                    since=midnight - timedelta(days=ages[code]),
                )
        return made

    return await runtime.db.transact(work)


async def take_groups_away(
    runtime: Runtime, admin: Actor, officers: Mapping[str, Actor], groups: Mapping[str, UUID]
) -> None:
    """Ends the assignments that the officers have no longer."""

    async def work(session: AsyncSession) -> None:
        for officer in OFFICERS:
            for code in officer.once_served:
                await people.unassign_officer(
                    session,
                    runtime,
                    admin,
                    officer_id=officers[officer.phone].user_id,
                    group_id=groups[code],
                )

    await runtime.db.transact(work)


async def elect_officials(
    runtime: Runtime, admin: Actor, group_id: UUID, member_ids: Sequence[UUID]
) -> None:
    for member_id, office in zip(member_ids, OFFICES, strict=False):
        await officials.assign_official(
            runtime, admin, group_id=group_id, member_id=member_id, office=office
        )


async def create_signatories(
    runtime: Runtime, admin: Actor, group_id: UUID, signatories: list[Signatory]
) -> list[Actor]:
    """Chair and committee, in their order: users who are members of the group too."""

    async def work(session: AsyncSession) -> list[Actor]:
        made: list[Actor] = []
        for one in signatories:
            user = await people.create_user(
                session,
                runtime,
                admin,
                name=one.name,
                phone=one.phone,
                password=one.password,
                role=one.role,
                group_id=group_id,
                member_id=one.member_id,
            )
            made.append(Actor(user.id, one.role, group_id))
        return made

    return await runtime.db.transact(work)
