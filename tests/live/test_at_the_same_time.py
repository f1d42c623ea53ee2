"""Two people do the same thing at the same moment, each through a server process of their own:
one wins, the other gets a clear code, and the books are right."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.config import Settings
from app.models import (
    BankingGroup,
    DividendRun,
    JournalEntry,
    Loan,
    LoanStatus,
    Repayment,
)
from app.runtime import Runtime
from app.services.operations.apply import apply_operations
from app.services.operations.types import Operation, RecordContribution
from tests.rules.test_dividends import CALCULATE, POST
from tests.rules.test_movements import WITHDRAW
from tests.support.factories import Person
from tests.support.loans import APPROVE, DISBURSE, REPAY, Lending, lending, papers, save_for
from tests.support.servers import ServerProcess
from tests.support.stage import Stage, set_stage

pytestmark = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
ROUNDS = 10


@dataclass(frozen=True)
class TwoProcesses:
    """A client of each of two servers on one database."""

    clients: tuple[httpx.AsyncClient, httpx.AsyncClient]
    tokens: dict[Any, str]

    async def both(
        self, people: tuple[Person, Person], query: str, variables: dict[str, Any]
    ) -> list[str]:
        """The codes of both answers, "None" for the one that won."""
        answers = await asyncio.gather(
            *(
                client.post(
                    "/graphql",
                    json={"query": query, "variables": variables},
                    headers={"Authorization": f"Bearer {self.tokens[person.user_id]}"},
                )
                for client, person in zip(self.clients, people, strict=True)
            )
        )
        return sorted(_code(answer.json()) for answer in answers)


def _code(body: dict[str, Any]) -> str:
    errors = body.get("errors")
    return str(errors[0]["extensions"]["code"]) if errors else "None"


@pytest.fixture
async def stage(shared_settings: Settings, runtime: Runtime) -> Stage:
    return await set_stage(runtime)


@pytest.fixture
async def processes(
    shared_settings: Settings, stage: Stage, tmp_path: Path
) -> AsyncIterator[TwoProcesses]:
    servers = [
        ServerProcess(shared_settings, tmp_path / "servers", f"server-{number}")
        for number in (1, 2)
    ]
    clients = [httpx.AsyncClient(base_url=server.url, timeout=30) for server in servers]
    yield TwoProcesses((clients[0], clients[1]), {})
    for client in clients:
        await client.aclose()
    for server in servers:
        server.stop()


async def test_one_of_two_wins_and_the_books_are_right(
    stage: Stage, processes: TwoProcesses
) -> None:
    lender = await lending(stage, each="30000.00")
    people = (stage.officer, stage.admin, stage.chair, *lender.committee)
    for person in people:
        token = (await stage.make.sign_in(person)).access_token
        processes.tokens[person.user_id] = token
    await loans_of_many(lender, processes)
    await withdrawals_of_many(lender, processes)
    await dividends_of_many(stage, processes)
    await stage.books_hold()


async def loans_of_many(lender: Lending, processes: TwoProcesses) -> None:
    """Approvals for the one place left, disbursements, and repayments that settle."""
    stage, officer = lender.stage, lender.stage.officer
    today = date.fromisoformat(stage.api.today())
    for _ in range(ROUNDS):
        borrower = await stage.make.member(stage.group, id_verified=True)
        await papers(stage, borrower)
        await save_for(stage, borrower, "30000.00", today)
        loan_id = await lender.applied("60000.00", memberId=str(borrower.id))
        for person in (officer, stage.chair):
            assert not (await lender.approve(loan_id, person)).errors
        one = {"loanId": str(loan_id)}
        found = await processes.both(lender.committee, APPROVE, one)
        assert found == ["NOT_PENDING", "None"]
        found = await processes.both((officer, officer), DISBURSE, {**one, "method": "CASH"})
        assert found == ["ALREADY_PAID_OUT", "None"]
        paid = {**one, "amount": "66000.00", "paymentMethod": "CASH"}
        found = await processes.both((officer, officer), REPAY, {"input": paid})
        assert found == ["LOAN_CLOSED", "None"]
    loans = await stage.all_of(Loan)
    assert [loan.status for loan in loans] == [LoanStatus.COMPLETED.value] * ROUNDS
    assert [one.amount for one in await stage.all_of(Repayment)] == [66_000_00] * ROUNDS
    kinds = [entry.row.kind for entry in await stage.entries()]
    assert kinds.count("DISBURSEMENT") == kinds.count("REPAYMENT") == ROUNDS
    assert (await stage.balances(stage.group.id))["LOANS_SHORT_TERM"] == 0


async def withdrawals_of_many(lender: Lending, processes: TwoProcesses) -> None:
    """Each of two withdrawals is within the half, both together are not."""
    stage, officer = lender.stage, lender.stage.officer
    for _ in range(ROUNDS):
        member = await stage.make.member(stage.group)
        body = RecordContribution(member.id, 1000_00, "REGULAR", "CASH")
        await apply_operations(stage.runtime, [Operation(officer.actor, body)])
        values = {
            "memberId": str(member.id),
            "amount": "300.00",
            "reason": "School fees",
            "paymentMethod": "CASH",
        }
        found = await processes.both((officer, officer), WITHDRAW, {"input": values})
        assert found == ["None", "OVER_HALF"]
        assert (await stage.balances(member.id))["MEMBER_SAVINGS"] == -700_00


async def dividends_of_many(stage: Stage, processes: TwoProcesses) -> None:
    year = date.fromisoformat(stage.api.today()).year - 1
    day = date(year, 6, 15)
    for _ in range(ROUNDS):
        group = await stage.make.group()
        member = await stage.make.member(group)
        bodies = [
            RecordContribution(member.id, 1000_00, kind, "CASH", contribution_date=day)
            for kind in ("REGULAR", "FINE")
        ]
        operations = [Operation(stage.admin.actor, body) for body in bodies]
        await apply_operations(stage.runtime, operations)
        values = {"groupId": str(group.id), "fiscalYear": year}
        answer = await stage.api.ask(stage.admin, CALCULATE, **values)
        run = {"id": answer["calculateDividends"]["id"]}
        found = await processes.both((stage.admin, stage.admin), POST, run)
        assert found == ["ALREADY_POSTED", "None"]
    runs = await stage.all_of(DividendRun)
    assert [run.status for run in runs] == ["POSTED"] * ROUNDS
    kinds = [entry.kind for entry in await stage.all_of(JournalEntry)]
    assert kinds.count("DIVIDEND") == ROUNDS
    assert len(await stage.all_of(BankingGroup)) == ROUNDS + 1
