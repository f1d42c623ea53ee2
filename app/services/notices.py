"""Who is told of what happened, and in which words.

A phone shows them on its lock screen, for whoever holds it: they name the group and what waits,
never a member, never an amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app.models import (
    Approval,
    Loan,
    OfficerAssignment,
    OutboxMessage,
    PushSubscription,
    User,
    WelfareRequest,
)
from app.services.approvals import ADMIN, CHAIR, COMMITTEE, OFFICER
from app.services.operations.notices import (
    APPROVAL_NEEDED,
    APPROVED,
    REJECTED,
    REVIEW_DECIDED,
    REVIEW_SENT_BACK,
)

PENDING = "PENDING"
WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("LOAN", APPROVAL_NEEDED): {
        "en": "A loan waits for your approval",
        "sw": "Mkopo unasubiri uidhinishe",
    },
    ("LOAN", APPROVED): {"en": "A loan is approved", "sw": "Mkopo umeidhinishwa"},
    ("LOAN", REJECTED): {"en": "A loan was rejected", "sw": "Mkopo umekataliwa"},
    ("WELFARE", APPROVAL_NEEDED): {
        "en": "A welfare request waits for your approval",
        "sw": "Ombi la mfuko wa ustawi linasubiri uidhinishe",
    },
    ("WELFARE", APPROVED): {
        "en": "A welfare request is approved",
        "sw": "Ombi la mfuko wa ustawi limeidhinishwa",
    },
    ("WELFARE", REJECTED): {
        "en": "A welfare request was rejected",
        "sw": "Ombi la mfuko wa ustawi limekataliwa",
    },
    ("REVIEW", REVIEW_DECIDED): {
        "en": "The office decided on one of your entries",
        "sw": "Ofisi imeamua kuhusu ingizo lako moja",
    },
    ("REVIEW", REVIEW_SENT_BACK): {
        "en": "The office asks you about one of your entries",
        "sw": "Ofisi inakuuliza kuhusu ingizo lako moja",
    },
}


def words(subject: str, about: str, language: str) -> str:
    """What a notice says, in the language of the one who is told."""
    return WORDS[subject, about][language]


@dataclass(slots=True)
class People:
    """Those who may have to be told, and what they have done already."""

    officers: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    signatories: dict[tuple[UUID, str], set[UUID]] = field(default_factory=lambda: defaultdict(set))
    """By group and role."""
    admins: set[UUID] = field(default_factory=set)
    approved: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    """By loan or welfare request."""
    member_of: dict[UUID, UUID] = field(default_factory=dict)
    """User to the member that they are."""
    subjects: dict[UUID, Loan | WelfareRequest] = field(default_factory=dict)


async def recipients(
    session: AsyncSession, notices: Sequence[OutboxMessage]
) -> dict[UUID, list[PushSubscription]]:
    """The subscriptions that each notice goes to, by the notice's id. A handful of statements,
    whatever the number of notices."""
    people = await _load_people(session, [row.payload for row in notices])
    told = {row.id: _told(people, row.payload) for row in notices}
    everybody = set().union(*told.values()) if told else set()
    rows = await session.execute(
        select(PushSubscription)
        .join(User, col(User.id) == col(PushSubscription.user_id))
        .where(col(PushSubscription.user_id).in_(everybody), col(User.is_active))
        .order_by(col(PushSubscription.device_id))
    )
    of_user: dict[UUID, list[PushSubscription]] = defaultdict(list)
    for row in rows.scalars():
        of_user[row.user_id].append(row)
    return {
        notice: [row for user in sorted(users) for row in of_user[user]]
        for notice, users in told.items()
    }


def _told(people: People, payload: dict[str, Any]) -> set[UUID]:
    about = payload["about"]
    by = {UUID(one) for one in payload["by"]}
    group_id = UUID(payload["groupId"])
    if about in (REVIEW_DECIDED, REVIEW_SENT_BACK):
        return {UUID(payload["userId"])} - by
    if about != APPROVAL_NEEDED:
        return people.officers[group_id] - by
    subject = people.subjects.get(UUID(payload["subjectId"]))
    if subject is None or subject.status != PENDING:
        return set()
    asked = set().union(*(_of_place(people, group_id, one) for one in payload["places"]))
    own = {user for user in asked if people.member_of.get(user) == subject.member_id}
    return asked - by - people.approved[subject.id] - own


def _of_place(people: People, group_id: UUID, place: str) -> set[UUID]:
    if place == OFFICER:
        return people.officers[group_id]
    if place == ADMIN:
        return people.admins
    found = people.signatories[group_id, place]
    # The chair may be one of the committee (services/approvals.py).
    return found | people.signatories[group_id, CHAIR] if place == COMMITTEE else found


async def _load_people(session: AsyncSession, payloads: Sequence[dict[str, Any]]) -> People:
    people = People()
    groups = {UUID(one["groupId"]) for one in payloads}
    assigned = await session.execute(
        select(col(OfficerAssignment.group_id), col(OfficerAssignment.officer_id)).where(
            col(OfficerAssignment.group_id).in_(groups),
            col(OfficerAssignment.removed_at).is_(None),
        )
    )
    for group_id, officer_id in assigned:
        people.officers[group_id].add(officer_id)
    asking = [one for one in payloads if one["about"] == APPROVAL_NEEDED]
    if not asking:
        return people
    admins = any(ADMIN in one["places"] for one in asking)
    wanted = col(User.group_id).in_(groups)
    users = await session.execute(
        select(col(User.id), col(User.role), col(User.group_id), col(User.member_id)).where(
            wanted | (col(User.role) == ADMIN) if admins else wanted
        )
    )
    for user_id, role, home, member_id in users:
        if role == ADMIN:
            people.admins.add(user_id)
        elif home is not None:
            people.signatories[home, role].add(user_id)
        if member_id is not None:
            people.member_of[user_id] = member_id
    ids = {UUID(one["subjectId"]) for one in asking}
    for model in (Loan, WelfareRequest):
        for row in await _by_ids(session, model, ids):
            people.subjects[row.id] = row
    given = await session.execute(select(Approval).where(col(Approval.subject_id).in_(ids)))
    for approval in given.scalars():
        people.approved[approval.subject_id].add(approval.user_id)
    return people


async def _by_ids(session: AsyncSession, model: type[SQLModel], ids: Iterable[UUID]) -> list[Any]:
    rows = await session.execute(select(model).where(model.id.in_(list(ids))))  # type: ignore[attr-defined]
    return list(rows.scalars())
