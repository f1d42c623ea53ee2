"""The same at the same time by two server processes on one PostgreSQL: one wins, the other gets a
clear code, and the books are right."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.config import Settings
from tests.rules.test_dividends import POST, calculated, earned
from tests.support.factories import Person
from tests.support.loans import APPROVE, DISBURSE, REPAY, lending
from tests.support.servers import ServerGroup
from tests.support.stage import Stage

pytestmark = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


@pytest.fixture
def servers(shared_settings: Settings, tmp_path: Path) -> Iterator[ServerGroup]:
    group = ServerGroup(shared_settings, tmp_path / "servers")
    yield group
    group.stop()


async def by_both(
    servers: ServerGroup, stage: Stage, who: Person, query: str, **variables: Any
) -> list[str]:
    """What each of the two answered: a code, or "done"."""
    token = (await stage.make.sign_in(who)).access_token

    async def ask(http: httpx.AsyncClient, url: str) -> str:
        body = {"query": query, "variables": variables}
        headers = {"Authorization": f"Bearer {token}"}
        answer = (await http.post(f"{url}/graphql", json=body, headers=headers)).json()
        errors = answer.get("errors")
        return str(errors[0]["extensions"]["code"]) if errors else "done"

    async with httpx.AsyncClient(timeout=30) as http:
        # The lines are up before the two are sent.
        await asyncio.gather(*(http.get(f"{one.url}/healthz") for one in servers.servers))
        return sorted(await asyncio.gather(*(ask(http, one.url) for one in servers.servers)))


async def test_of_two_at_the_same_time_one_wins(servers: ServerGroup, stage: Stage) -> None:
    lender = await lending(stage)
    loan = await lender.applied("9000.00")
    loan_id = str(loan)
    assert not (await lender.approve(loan, stage.officer)).errors
    approved = await by_both(servers, stage, stage.chair, APPROVE, loanId=loan_id)
    assert approved == ["NOT_PENDING", "done"]
    paid_out = await by_both(
        servers, stage, stage.officer, DISBURSE, loanId=loan_id, method="CASH", on=None
    )
    assert paid_out == ["ALREADY_PAID_OUT", "done"]
    values = {"loanId": loan_id, "amount": "9900.00", "paymentMethod": "CASH"}
    repaid = await by_both(servers, stage, stage.officer, REPAY, input=values)
    assert repaid == ["LOAN_CLOSED", "done"]
    assert (await lender.loan(loan))["status"] == "COMPLETED"

    await earned(stage)
    run = await calculated(stage)
    posted = await by_both(servers, stage, stage.admin, POST, id=run["id"])
    assert posted == ["ALREADY_POSTED", "done"]

    kinds = Counter(entry.row.kind for entry in await stage.entries())
    assert (kinds["DISBURSEMENT"], kinds["REPAYMENT"], kinds["DIVIDEND"]) == (1, 1, 1)
    await stage.books_hold()
