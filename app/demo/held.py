"""Money that was taken and has no place yet: it waits in SUSPENSE for the office to decide."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from app.auth.actor import Actor
from app.demo.history import SHILLING, mpesa_code
from app.demo.ids import id_at
from app.demo.members import DemoMember
from app.demo.staff import OFFICERS
from app.models import ContributionType, PaymentMethod
from app.services.operations.types import Operation, RecordContribution, UpdateMember


def leaver(members: Sequence[DemoMember], code: str) -> DemoMember:
    """The member who left the group lately."""
    return [member for member in members if member.group.code == code][-1]


def make_leave(actor: Actor, member: DemoMember, rng: random.Random, now: datetime) -> Operation:
    body = UpdateMember(id=member.id, base_version=1, changes={"is_active": False})
    return Operation(actor, body, id_at(rng, now), synced=True)


def held_operations(
    rng: random.Random,
    members: Sequence[DemoMember],
    groups: Mapping[str, UUID],
    officers: Mapping[str, Actor],
    now: datetime,
    today: date,
) -> list[Operation]:
    """One operation for each reason why money is held, from the phones that took it."""
    serving = {code: officers[one.phone] for one in OFFICERS for code in one.groups}
    gone = next(one for one in OFFICERS if one.once_served)
    former = gone.once_served[0]

    def first(code: str) -> UUID:
        return next(member.id for member in members if member.group.code == code)

    def claim(
        actor: Actor,
        code: str,
        member_id: UUID,
        shillings: int,
        when: date,
        sent: str | None = None,
    ) -> Operation:
        body = RecordContribution(
            member_id=member_id,
            amount=shillings * SHILLING,
            contribution_type=ContributionType.REGULAR.value,
            payment_method=(PaymentMethod.MPESA if sent else PaymentMethod.CASH).value,
            group_id=groups[code],
            contribution_date=when,
            transaction_id=sent,
        )
        return Operation(actor, body, id_at(rng, now), synced=True)

    return [
        # The member left between the meeting and the sync.
        claim(serving["NKR-002"], "NKR-002", leaver(members, "NKR-002").id, 500, today),
        # The registration of this member is lost; the phone says it is final.
        claim(serving["NKR-001"], "NKR-001", id_at(rng, now), 300, today - timedelta(days=3)),
        # A phone whose clock runs nine days ahead.
        claim(serving["NKR-003"], "NKR-003", first("NKR-003"), 1000, today + timedelta(days=9)),
        # The group was given to another officer before the phone found signal.
        claim(officers[gone.phone], former, first(former), 400, today, mpesa_code(rng, now, set())),
    ]
