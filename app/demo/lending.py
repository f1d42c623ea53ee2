"""Loans of each kind and at each stage: what the pipeline, the arrears and the phone show."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.auth.actor import Actor
from app.demo.ids import id_at
from app.demo.members import BORROWERS, DemoMember
from app.models import LoanType, PaymentMethod
from app.runtime import Runtime
from app.services.operations.apply import apply_operations
from app.services.operations.identity import VerifyIdentity
from app.services.operations.loan_bodies import (
    ApplyForLoan,
    ApproveLoan,
    DisburseLoan,
    RecordRepayment,
    RejectLoan,
)
from app.services.operations.types import APPLIED, Body, Operation

CASH = PaymentMethod.CASH.value
SHILLING = 100


@dataclass(frozen=True, slots=True)
class Story:
    """A loan as it went. `times` of the savings are asked for; days are counted back from today;
    `repaid` are the days of payments, each of an instalment."""

    kind: LoanType
    months: int
    purpose: str
    times: float
    applied: int
    verified: bool = True
    approved: bool = True
    rejected: str | None = None
    paid_out: int | None = None
    repaid: tuple[int, ...] = ()
    grace: int = 0


STORIES: tuple[Story, ...] = (
    Story(LoanType.SHORT_TERM, 3, "Stock for the kiosk", 1.0, 56, paid_out=54, repaid=(25,)),
    Story(LoanType.SHORT_TERM, 1, "School fees", 0.5, 50, paid_out=49),
    Story(LoanType.LONG_TERM, 12, "A dairy cow", 1.6, 45, paid_out=42, repaid=(12,)),
    Story(LoanType.SHORT_TERM, 2, "Seeds and fertiliser", 0.8, 6),
    Story(LoanType.SHORT_TERM, 1, "Fertiliser", 0.6, 48, paid_out=47, repaid=(20,)),
    Story(LoanType.PROJECT, 12, "A chicken house", 1.2, 9, verified=False, approved=False, grace=2),
    Story(LoanType.SHORT_TERM, 3, "A second sewing machine", 0.9, 4, approved=False),
    Story(
        LoanType.SHORT_TERM,
        1,
        "A motorbike",
        1.5,
        30,
        approved=False,
        rejected="The meeting asks for a smaller amount first.",
    ),
)
assert len(STORIES) <= BORROWERS


@dataclass(frozen=True, slots=True)
class Signing:
    """Who decides in a group: the officer who serves it, its chair and its committee."""

    officer: Actor
    chair: Actor
    committee: tuple[Actor, ...]


@dataclass(slots=True)
class Teller:
    """Tells the stories of one group's borrowers as operations, in the order of their days."""

    rng: random.Random
    now: datetime
    group_id: UUID
    who: Signing

    def at(self, days: int) -> date:
        return self.now.date() - timedelta(days=days)

    def operation(self, actor: Actor, body: Body) -> Operation:
        return Operation(actor, body, id_at(self.rng, self.now))

    def application(
        self, story: Story, member: DemoMember, witnesses: Sequence[UUID], savings: int
    ) -> ApplyForLoan:
        wanted = int(savings * story.times) // (500 * SHILLING) * (500 * SHILLING)
        return ApplyForLoan(
            member_id=member.id,
            loan_type=story.kind.value,
            amount=max(wanted, 1000 * SHILLING),
            duration_months=story.months,
            purpose=story.purpose,
            witnesses=tuple(witnesses),
            id=id_at(self.rng, datetime.combine(self.at(story.applied), time(11), self.now.tzinfo)),
            grace_months=story.grace,
            application_date=self.at(story.applied),
        )

    def decision(self, story: Story, body: ApplyForLoan) -> Iterator[Operation]:
        loan_id = _id_of(body)
        if story.rejected is not None:
            yield self.operation(self.who.chair, RejectLoan(loan_id, story.rejected))
            return
        if not story.verified:
            return
        yield self.operation(self.who.officer, ApproveLoan(loan_id, "Visited at home"))
        if not story.approved:
            return
        yield self.operation(self.who.chair, ApproveLoan(loan_id, "As the meeting agreed"))
        if body.amount >= 50_000 * SHILLING:
            yield self.operation(self.who.committee[0], ApproveLoan(loan_id))
        if story.paid_out is None:
            return
        yield self.operation(
            self.who.officer, DisburseLoan(loan_id, CASH, disbursement_date=self.at(story.paid_out))
        )
        # A tenth on top covers the interest of the kinds that are told here.
        instalment = -(-body.amount * 11 // 10 // story.months // SHILLING) * SHILLING
        for days in story.repaid:
            yield self.operation(
                self.who.officer,
                RecordRepayment(
                    loan_id,
                    instalment,
                    CASH,
                    id=id_at(self.rng, self.now),
                    payment_date=self.at(days),
                ),
            )


async def lend(
    runtime: Runtime,
    rng: random.Random,
    members: Mapping[UUID, Sequence[DemoMember]],
    deciding: Mapping[UUID, Signing],
    now: datetime,
) -> int:
    """Tells every story once in each group, to the members who may have a loan; how many."""
    local = now.astimezone(runtime.settings.timezone)
    told: list[tuple[Teller, Story, ApplyForLoan]] = []
    for group_id, found in members.items():
        teller = Teller(rng, local, group_id, deciding[group_id])
        told.extend(_applications(teller, found))
    outcomes = await apply_operations(
        runtime, [teller.operation(teller.who.officer, body) for teller, _, body in told]
    )
    later: list[Operation] = []
    granted = 0
    for (teller, story, body), outcome in zip(told, outcomes, strict=True):
        if outcome.outcome != APPLIED:
            # Not every member has saved enough; the rules say so here as everywhere.
            continue
        granted += 1
        if story.verified:
            seen = VerifyIdentity(body.member_id, "The card was shown at the meeting")
            later.append(teller.operation(teller.who.officer, seen))
        later.extend(teller.decision(story, body))
    for operation, outcome in zip(later, await apply_operations(runtime, later), strict=True):
        if outcome.outcome != APPLIED and outcome.error is not None:
            raise AssertionError(f"{operation.kind}: {outcome.error!r}")
    return granted


def _applications(
    teller: Teller, members: Sequence[DemoMember]
) -> Iterator[tuple[Teller, Story, ApplyForLoan]]:
    borrowers = list(members[:BORROWERS])
    others = [member.id for member in members[BORROWERS:]]
    # The chair and the committee borrow last: nobody approves their own.
    for story, member in zip(STORIES, borrowers[3:] + borrowers[:3], strict=False):
        witnesses = teller.rng.sample(others, 2)
        # About what they have saved by now, in cents: a year at what they set out to save.
        savings = member.savings * 10 * SHILLING
        yield teller, story, teller.application(story, member, witnesses, savings)


def _id_of(body: ApplyForLoan) -> UUID:
    if body.id is None:
        raise AssertionError("made with an id")
    return body.id
