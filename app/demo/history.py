"""A year of meetings: who brought how much for what, month by month."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.demo.groups import DemoGroup, meetings
from app.demo.ids import id_at
from app.demo.members import DemoMember
from app.models import ContributionType, PaymentMethod
from app.services.operations.parse import contribution
from app.services.operations.types import RecordContribution

SHILLING = 100
FINE = 50
REGISTRATION = 200
BANK_SHARE = 0.02
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
M_PESA_YEAR = 2006
"""Codes of this year would begin with A, those of the next with B, and so on."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A contribution and when it was written down at the meeting."""

    member: DemoMember
    at: datetime
    kind: ContributionType
    shillings: int
    method: PaymentMethod
    reference: str | None


@dataclass(slots=True)
class Cashier:
    """Draws how a payment was made; M-Pesa codes never come twice."""

    rng: random.Random
    codes: set[str] = field(default_factory=set)

    def pay(
        self, member: DemoMember, at: datetime, kind: ContributionType, shillings: int, absent: bool
    ) -> Payment:
        method, reference = PaymentMethod.CASH, None
        if absent or self.rng.random() < member.mobile_money:
            method, reference = PaymentMethod.MPESA, mpesa_code(self.rng, at, self.codes)
        elif self.rng.random() < BANK_SHARE:
            method, reference = PaymentMethod.BANK, f"SLIP {self.rng.randrange(10**6):06d}"
        return Payment(member, at, kind, shillings, method, reference)


def mpesa_code(rng: random.Random, at: datetime, used: set[str]) -> str:
    """Ten characters in M-Pesa's form: year, month and day, then what nobody can guess."""
    day = "123456789ABCDEFGHIJKLMNOPQRSTUV"[at.day - 1]
    start = chr(ord("A") + (at.year - M_PESA_YEAR) % 26) + chr(ord("A") + at.month - 1) + day
    while True:
        code = start + "".join(rng.choices(CODE_LETTERS, k=7))
        if code not in used:
            used.add(code)
            return code


def make_history(
    rng: random.Random, members: Sequence[DemoMember], today: date, zone: ZoneInfo
) -> list[Payment]:
    """Everything that was paid up to today, in the order in which it was written down."""
    cashier = Cashier(rng)
    by_group: dict[str, tuple[DemoGroup, list[DemoMember]]] = {}
    for member in members:
        by_group.setdefault(member.group.code, (member.group, []))[1].append(member)
    payments: list[Payment] = []
    for group, present in by_group.values():
        payments.extend(_of_group(cashier, group, present, meetings(group, today), zone))
    return sorted(payments, key=lambda payment: payment.at)


def _of_group(
    cashier: Cashier,
    group: DemoGroup,
    members: Sequence[DemoMember],
    days: Sequence[date],
    zone: ZoneInfo,
) -> Iterator[Payment]:
    owing_fine: set[str] = set()
    greeted: set[str] = set()
    for number, day in enumerate(days):
        first_of_month = number == 0 or days[number - 1].month != day.month
        at = datetime.combine(day, time(10, 0), zone)
        for member in members:
            name = member.name
            if member.joined > day:
                continue
            if name not in greeted:
                greeted.add(name)
                at += timedelta(seconds=40)
                yield cashier.pay(member, at, ContributionType.REGISTRATION, REGISTRATION, False)
            present = cashier.rng.random() < member.regularity
            if not present and cashier.rng.random() < 0.6:
                owing_fine.add(name)
                continue
            if present and name in owing_fine:
                owing_fine.remove(name)
                at += timedelta(seconds=40)
                yield cashier.pay(member, at, ContributionType.FINE, FINE, False)
            for kind, shillings in _dues(cashier.rng, group, member, first_of_month):
                at += timedelta(seconds=40)
                yield cashier.pay(member, at, kind, shillings, not present)


def _dues(
    rng: random.Random, group: DemoGroup, member: DemoMember, first_of_month: bool
) -> Iterator[tuple[ContributionType, int]]:
    """What the member pays at one meeting; funds are collected at the first of each month."""
    target = member.savings
    if group.weekly:
        # A quarter of the month's target, rounded up to what there are coins for.
        target = -(-target // 4 // 50) * 50
    yield ContributionType.REGULAR, target * rng.choices((1, 2, 3), weights=(14, 2, 1))[0]
    if not first_of_month:
        return
    yield ContributionType.WELFARE, group.welfare
    if group.project and rng.random() < 0.85:
        yield ContributionType.PROJECT, group.project
    if rng.random() < 0.04:
        yield ContributionType.APPRECIATION, rng.choice((100, 200, 300, 500))


def body_of(payment: Payment, rng: random.Random) -> RecordContribution:
    """The operation's body, as a phone sends it."""
    return contribution(
        {
            "id": id_at(rng, payment.at),
            "member_id": payment.member.id,
            "amount": payment.shillings * SHILLING,
            "contribution_type": payment.kind.value,
            "payment_method": payment.method.value,
            "contribution_date": payment.at.date(),
            "transaction_id": payment.reference,
        }
    )
