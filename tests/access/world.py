"""Two groups, everybody who has to do with them, and all that one of them must not give away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlmodel import SQLModel

from app import clock
from app.auth.authenticate import authenticate
from app.context import RequestContext
from app.errors import Unauthenticated
from app.models import (
    BankingGroup,
    Contribution,
    DividendRun,
    Document,
    FineCharge,
    JournalEntry,
    Loan,
    Meeting,
    Member,
    ReviewItem,
    Statement,
    StatementLine,
    UnsentWork,
    WelfareRequest,
)
from app.models.base import new_id
from app.runtime import Runtime
from app.services.member_privacy import Kin
from app.services.people import deactivate_user
from tests.support.api import Answer, Api, contribute, the_schema
from tests.support.factories import Factory, Person
from tests.support.stage import rows_of

OUTSIDERS = ("officer", "chair", "committee")
"""People of the other group, by role."""
SHA256 = "5" * 64
"""Of the minutes that the home group has."""
NOBODY = ("anonymous", "deactivated")


@dataclass(frozen=True)
class World:
    """`home` is the group whose things are tried for; `other` is the outsiders' own."""

    runtime: Runtime
    home: BankingGroup
    other: BankingGroup
    member: Member
    contribution_id: UUID
    ids: dict[str, UUID]
    """Rows of the home group by noun: what a stranger might have heard of."""
    people: dict[str, Person]
    tokens: dict[str, str | None]
    secrets: frozenset[str]

    async def context(self, who: str) -> RequestContext:
        """What a request of this person comes with, judged by its token as over HTTP."""
        token = self.tokens[who]
        context = RequestContext(self.runtime, None)
        if token is not None:
            try:
                context.actor = await authenticate(self.runtime, token)
            except Unauthenticated as failure:
                context.failure = failure
        return context

    async def ask(self, who: str, document: str, variables: dict[str, Any]) -> Answer:
        result: Any = await the_schema().execute(
            document, variable_values=variables, context_value=await self.context(who)
        )
        return Answer(result.data, [error.formatted for error in result.errors or ()])

    def leaks(self, answer: Answer) -> set[str]:
        """The secrets that stand anywhere in what came back, words of errors included."""
        text = orjson.dumps([answer.data, list(answer.errors)], default=str).decode()
        return {secret for secret in self.secrets if secret in text}


async def make_world(runtime: Runtime) -> World:
    make = Factory(runtime)
    home = await make.group(name="Siri Kuu", group_code="SIRI-001", meeting_venue="Nyumba ya Siri")
    other = await make.group(name="Kikundi Kingine", group_code="KING-001")
    kin = Kin("Jamaa wa Siri", "Brother", "+254799000111", "77000111")
    member = await make.member(
        home,
        member_name="Mwanasiri Wanjala",
        id_number="99000111",
        phone="+254799000222",
        next_of_kin=(kin,),
    )
    await make.member(other)
    people = {
        "insider": await make.officer(home, name="Afisa wa Siri"),
        "home_chair": await make.chair(home, name="Mwenyekiti wa Siri"),
        "home_committee": await make.committee(home, name="Mjumbe wa Siri"),
        "admin": await make.admin(),
        "officer": await make.officer(other),
        "chair": await make.chair(other),
        "committee": await make.committee(other),
        "unassigned": await make.officer(),
        "deactivated": await make.officer(home),
        # Serves both groups: the other group's chair sees them, and must see no more by them.
        "shared": await make.officer(home, other),
    }
    results = await _fill(runtime, people, member)
    signed_in = {who: await make.sign_in(person) for who, person in people.items()}
    phone = signed_in["insider"].device_id
    tokens: dict[str, str | None] = {who: one.access_token for who, one in signed_in.items()}
    tokens["anonymous"] = None
    await _deactivate(runtime, people["deactivated"])
    secrets = await _secrets(runtime, home, member, people)
    return World(
        runtime,
        home,
        other,
        member,
        UUID(results[0]["entityId"]),
        {
            **await _ids(runtime, make, member, people["insider"], phone),
            "session": signed_in["insider"].family_id,
        },
        people,
        tokens,
        frozenset(secrets),
    )


async def _fill(
    runtime: Runtime, people: dict[str, Person], member: Member
) -> list[dict[str, Any]]:
    """Money in the books, held money, and positions that name the member."""
    api = Api(runtime)
    results = await api.sync(
        people["insider"],
        contribute(member.id, "4321.09"),
        contribute(member.id, "8765.43", contributionDate="2099-01-01"),
    )
    for who in ("insider", "shared"):
        (result,) = await api.sync(people[who], position(member.id))
        assert result["outcome"] == "APPLIED"
    return results


async def _save_statement(make: Factory, member: Member) -> None:
    """A bank's statement of the home group with a line."""
    statement = Statement(
        group_id=member.group_id,
        year=2026,
        month=1,
        account="BANK",
        closing=6420_13,
        source="IMPORTED",
        entered_by=member.id,
        entered_at=clock.now(),
    )
    line = StatementLine(
        statement_id=statement.id,
        group_id=member.group_id,
        number=2,
        line_date=date(2026, 1, 2),
        amount=6420_13,
        reference="SIRI-BENKI",
    )
    await make.save(statement)
    await make.save(line)


async def _ids(
    runtime: Runtime, make: Factory, member: Member, insider: Person, phone: UUID
) -> dict[str, UUID]:
    loan = Loan(
        group_id=member.group_id,
        member_id=member.id,
        loan_type="SHORT_TERM",
        amount=7531_00,
        duration_months=3,
        interest_rate=10_00,
        purpose="Mradi wa siri",
        application_date=clock.now().date(),
        applied_by=member.id,
        applied_at=clock.now(),
        approvals_needed=["FIELD_OFFICER", "GROUP_CHAIR"],
        total_interest=753_10,
        total_repayable=8284_10,
        annual_percentage_rate=77_98,
    )
    run = DividendRun(
        group_id=member.group_id,
        fiscal_year=2025,
        status="POSTED",
        total_profit=8642_00,
        appreciation_fees=0,
        profit_share=70_00,
        distributable=6049_40,
        total_savings=4321_09,
        savings_on=clock.now().date(),
        calculated_at=clock.now(),
        calculated_by=member.id,
    )
    request = WelfareRequest(
        group_id=member.group_id,
        member_id=member.id,
        amount=6420_00,
        reason="Shida ya siri",
        approvals_needed=["FIELD_OFFICER", "GROUP_CHAIR"],
        requested_on=clock.now().date(),
        requested_by=member.id,
        requested_at=clock.now(),
    )
    await make.save(
        UnsentWork(
            user_id=insider.user_id,
            device_id=phone,
            waiting=7,
            failed=0,
            oldest_at=clock.now(),
            reported_at=clock.now(),
        )
    )
    await make.save(loan, run, request, _fine(member), *_minutes(member))
    await _save_statement(make, member)
    nouns: dict[str, type[SQLModel]] = {
        "entry": JournalEntry,
        "review": ReviewItem,
        "loan": Loan,
        "run": DividendRun,
        "welfare": WelfareRequest,
        "fine": FineCharge,
        "meeting": Meeting,
        "document": Document,
        "line": StatementLine,
    }
    found = {name: (await rows_of(runtime, model))[0].id for name, model in nouns.items()}
    return {**found, "phone": phone}


def position(member_id: UUID) -> dict[str, Any]:
    return {
        "trackOfficer": {
            "offlineSyncId": str(new_id()),
            "latitude": -0.303,
            "longitude": 36.08,
            "activityType": "MEMBER_VISIT",
            "recordedAt": clock.now().isoformat(),
            "memberId": str(member_id),
        }
    }


async def _deactivate(runtime: Runtime, person: Person) -> None:
    async def work(session: Any) -> None:
        await deactivate_user(session, runtime, None, user_id=person.user_id)

    await runtime.db.transact(work)


def _fine(member: Member) -> FineCharge:
    return FineCharge(
        group_id=member.group_id,
        member_id=member.id,
        reason="OTHER",
        amount=5310_00,
        charged_on=clock.now().date(),
        note="Kosa la siri",
    )


def _minutes(member: Member) -> tuple[Meeting, Document]:
    """A meeting of the member's group, and its minutes on paper."""
    meeting = Meeting(
        group_id=member.group_id,
        meeting_date=clock.now().date(),
        venue="Mahali pa siri",
        opened_by=member.id,
        opened_at=clock.now(),
        change_sequence=1,
    )
    minutes = Document(
        group_id=member.group_id,
        meeting_id=meeting.id,
        kind="MINUTES",
        content_type="image/png",
        size=1000,
        sha256=SHA256,
        created_at=clock.now(),
        created_by=member.id,
    )
    return meeting, minutes


async def _secrets(
    runtime: Runtime, home: BankingGroup, member: Member, people: dict[str, Person]
) -> set[str]:
    found = {
        str(home.id),
        home.name,
        home.group_code,
        home.meeting_venue,
        str(member.id),
        member.member_name,
        "99000111",
        "799000222",
        "Jamaa wa Siri",
        "799000111",
        "77000111",
        "4321.09",
        "8765.43",
        "13086.52",
        "Mradi wa siri",
        "7531.00",
        "8642.00",
        "Shida ya siri",
        "6420.00",
        "Kosa la siri",
        "5310.00",
        SHA256,
        "6420.13",
        "SIRI-BENKI",
        "Mahali pa siri",
    }
    for who in ("insider", "home_chair", "home_committee"):
        person = people[who]
        found |= {str(person.user_id), person.name, person.phone}
    for row in await rows_of(runtime, Contribution):
        found |= {str(row.id), row.receipt_number, str(row.offline_sync_id)}
    for row in await rows_of(runtime, JournalEntry):
        found |= {str(row.id), row.reference, row.hash.hex()}
    return found
