"""What a page costs: a fixed number of statements, and an index for every search."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from app.bulk import insert_rows
from app.models import BankingGroup, SearchToken
from app.models.base import new_id
from app.runtime import Runtime
from app.services import search
from tests.support.api import Api, contribute, register
from tests.support.stage import Stage, set_stage
from tests.support.statements import statements_of

MEMBERS = """
query Page($group: UUID!, $first: Int!) { members(groupId: $group, first: $first) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { node {
    id memberName idNumber phone dateOfBirth nextOfKin { name } photoUrl idDocumentUrl
    group { id name memberCount cashBalance trfBalance { total } }
    savingsSummary { regular total consecutiveMonths maxLoan }
  } }
} }
"""
GROUPS = """
query Page($first: Int!) { groups(first: $first) { totalCount edges { node {
  id name memberCount cashBalance trfBalance { total surplus } settings { minimumSaving }
} } } }
"""
LEDGER = """
query Page($group: UUID!, $first: Int!) { cashLedger(groupId: $group, first: $first) {
  totalCount cashIn cashOut closingBalance
  edges { node { id amount balanceAfter description group { name } } }
} }
"""
CHANGES = """
query Page($first: Int!) { changes(first: $first) {
  groups { id name cashBalance memberCount }
  members { id phone group { id } savingsSummary { total } }
  contributions { id amount member { id memberName } recordedBy { name phone } }
} }
"""
FEW, MANY = 3, 50


@pytest.fixture
async def stage(runtime: Runtime) -> Stage:
    """A group of 50 members who have all paid, and 50 groups of the same officer."""
    stage = await set_stage(runtime)
    members = [
        register(stage.group.id, f"{31_000_000 + number}", id=str(new_id())) for number in range(48)
    ]
    ids = [one["registerMember"]["id"] for one in members]
    paid = [contribute(member, "500") for member in (*ids, stage.jane.id, stage.john.id)]
    await stage.api.sync(stage.officer, *members, *paid)
    for _ in range(MANY - 1):
        await stage.make.assign(stage.officer, await stage.make.group(change_sequence=1))
    return stage


async def cost(stage: Stage, query: str, first: int, rows: int, **variables: Any) -> list[str]:
    """The statements of one page, which must have as many rows as were asked for."""
    api = Api(stage.runtime)
    with statements_of(stage.runtime) as seen:
        answer = await api.ask(stage.officer, query, first=first, **variables)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    (found,) = answer.data.values()
    if "edges" in found:
        assert len(found["edges"]) == rows
    else:
        assert len(found["members"]) + len(found["contributions"]) == rows
    return list(seen)


@pytest.mark.parametrize(
    ("query", "names_group", "most"),
    [(MEMBERS, True, 10), (GROUPS, False, 5), (LEDGER, True, 8), (CHANGES, False, 17)],
    ids=["members", "groups", "cashLedger", "changes"],
)
async def test_a_page_of_any_size_costs_the_same_few_statements(
    stage: Stage, query: str, names_group: bool, most: int
) -> None:
    variables = {"group": str(stage.group.id)} if names_group else {}
    few = await cost(stage, query, FEW, FEW, **variables)
    many = await cost(stage, query, MANY, MANY, **variables)
    if query is CHANGES:
        # One statement for each kind of row that changes. The first rows of all are members;
        # contributions bring two statements of their own.
        assert len(many) <= len(few) + 2
    else:
        assert len(many) == len(few), many
    assert len(many) <= most, many


async def test_a_batch_costs_the_same_few_statements_whatever_its_length(stage: Stage) -> None:
    async def batch(size: int) -> int:
        operations = [contribute(stage.jane.id, "1") for _ in range(size)]
        with statements_of(stage.runtime) as seen:
            results = await stage.api.sync(stage.officer, *operations)
        assert {result["outcome"] for result in results} == {"APPLIED"}
        return len(seen)

    await batch(1)
    # One of them for all the receipts that members are sent.
    assert await batch(2) == await batch(200) <= 17


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_the_search_of_names_uses_its_index_on_postgresql(runtime: Runtime) -> None:
    await _many_names(runtime)
    plan = await _plan(runtime, "EXPLAIN ", "wanj")
    assert "ix_search_token_token" in plan, plan
    assert "Seq Scan on search_token" not in plan, plan


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_the_search_of_names_uses_its_index_on_sqlite(runtime: Runtime) -> None:
    await _many_names(runtime)
    plan = await _plan(runtime, "EXPLAIN QUERY PLAN ", "wanj")
    assert "ix_search_token_token (token>? AND token<?)" in plan, plan


async def _many_names(runtime: Runtime) -> None:
    async def work(session: Any) -> None:
        rows = [
            row
            for number in range(4_000)
            for row in search.token_rows("group", new_id(), f"Kikundi {number * 7919:07d}")
        ]
        await insert_rows(session, SearchToken, ("entity_id", "token", "kind"), rows)

    await runtime.db.transact(work)
    async with runtime.db.engine.begin() as connection:
        await connection.execute(text("ANALYZE"))


async def _plan(runtime: Runtime, explain: str, word: str) -> str:
    """How the database answers the very condition that the services use."""
    statement = select(col(BankingGroup.id)).where(
        search.matches("group", col(BankingGroup.id), word)
    )
    compiled = statement.compile(
        runtime.db.engine.sync_engine, compile_kwargs={"literal_binds": True}
    )
    async with runtime.db.engine.connect() as connection:
        rows = await connection.exec_driver_sql(explain + str(compiled))
        return "\n".join(str(tuple(row)) for row in rows)
