"""Dividends of many groups at once: jobs that may be run twice, killed and continued."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from app.models import BankingGroup, DividendRun, Member
from app.models.base import new_id
from app.runtime import Runtime, close_runtime, make_runtime
from app.services import dividend_work
from app.services.operations.apply import apply_operations
from app.services.operations.movements import RecordMovement
from app.services.operations.types import Operation, RecordContribution
from app.workers.dividend_jobs import work_dividend_jobs
from app.workers.main import EmbeddedWorker
from tests.support.api import Answer
from tests.support.stage import Stage
from tests.workers.test_worker import until

JOB = """id action fiscalYear county status total done failed startedAt finishedAt askedBy { id }
  groups(first: 100) { totalCount edges { node {
    status code group { id } run { status distributable } } } }"""
ASK = {
    verb: f"""mutation Ask($input: DividendsForInput!) {{
      found: {verb}DividendsFor(input: $input) {{ {JOB} }} }}"""
    for verb in ("calculate", "approve", "post")
}
FIND = f"query Find($id: UUID!) {{ found: dividendJob(id: $id) {{ {JOB} }} }}"
RETRY = f"mutation Again($id: UUID!) {{ found: retryDividendJob(id: $id) {{ {JOB} }} }}"
LIST = """query All($after: String) { dividendJobs(first: 1, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { id action } } } }"""
FAILURES = """query Failures($id: UUID!, $after: String) { dividendJob(id: $id) {
  groups(status: FAILED, first: 1, after: $after) {
    totalCount pageInfo { endCursor } edges { node { code } } } } }"""


def year(stage: Stage) -> int:
    return date.fromisoformat(stage.api.today()).year - 1


async def group_of_two(stage: Stage, *, fine: int = 100_00) -> tuple[BankingGroup, list[Member]]:
    """A group that saved last year, and earned a fine."""
    group = await stage.make.group()
    members = [await stage.make.member(group) for _ in range(2)]
    day = date(year(stage), 6, 15)
    paid = [
        RecordContribution(member.id, cents, kind, "CASH", contribution_date=day)
        for member, cents, kind in (
            (members[0], 3000_00, "REGULAR"),
            (members[1], 1000_00, "REGULAR"),
            (members[0], fine, "FINE"),
        )
        if cents
    ]
    await applied(stage, *paid)
    return group, members


async def applied(stage: Stage, *bodies: Any) -> None:
    operations = [Operation(stage.admin.actor, body) for body in bodies]
    outcomes = await apply_operations(stage.runtime, operations)
    assert {one.outcome for one in outcomes} == {"APPLIED"}, outcomes


async def ask(stage: Stage, verb: str, **values: Any) -> Answer:
    values = {"fiscalYear": year(stage), **values}
    return await stage.api.ask(stage.admin, ASK[verb], input=values)


async def work(runtime: Runtime) -> int:
    return await work_dividend_jobs({"runtime": runtime})


async def done(stage: Stage, verb: str, **values: Any) -> dict[str, Any]:
    """A job, worked off."""
    job = (await ask(stage, verb, **values))["found"]
    await work(stage.runtime)
    found: dict[str, Any] = (await stage.api.ask(stage.admin, FIND, id=job["id"]))["found"]
    return found


def outcomes(job: dict[str, Any]) -> dict[str, str]:
    """What became of each group: the run's status, or the code."""
    nodes = [edge["node"] for edge in job["groups"]["edges"]]
    return {
        node["group"]["id"]: node["code"] or (node["run"] or {}).get("status", node["status"])
        for node in nodes
    }


async def declared(stage: Stage) -> int:
    total = 0
    for group in await stage.all_of(BankingGroup):
        kinds = [one.row.kind for one in await stage.entries(group.id)]
        assert kinds.count("DIVIDEND") <= 1
        total += kinds.count("DIVIDEND")
    return total


async def test_a_federation_is_calculated_approved_and_posted(stage: Stage) -> None:
    good, _ = await group_of_two(stage)
    spent, _ = await group_of_two(stage)
    nothing, _ = await group_of_two(stage, fine=0)
    empty = stage.group
    expense = RecordMovement(spent.id, "EXPENSE", 50_00, "CASH", "Rent of this year")
    await applied(stage, expense)

    job = (await ask(stage, "calculate", all=True))["found"]
    assert (job["status"], job["total"], job["done"], job["startedAt"]) == ("WAITING", 4, 0, None)
    assert job["askedBy"]["id"] == str(stage.admin.user_id)
    assert await work(stage.runtime) == 4
    job = (await stage.api.ask(stage.admin, FIND, id=job["id"]))["found"]
    assert (job["status"], job["done"], job["failed"]) == ("DONE", 3, 1)
    assert job["startedAt"] <= job["finishedAt"]
    assert outcomes(job) == {
        str(good.id): "DRAFT",
        str(spent.id): "DRAFT",
        str(nothing.id): "DRAFT",
        str(empty.id): "NO_SAVINGS",
    }
    named = [str(good.id), str(empty.id)]
    assert outcomes(await done(stage, "approve", groupIds=named)) == {
        str(good.id): "APPROVED",
        str(empty.id): "NO_RUN",
    }
    assert outcomes(await done(stage, "approve", county=good.county.upper())) == {
        str(spent.id): "APPROVED",
        str(nothing.id): "APPROVED",
    }
    assert (await ask(stage, "approve", all=True)).code == "NO_GROUPS"
    posted = await done(stage, "post", all=True)
    assert outcomes(posted) == {
        str(good.id): "POSTED",
        str(spent.id): "NOT_ENOUGH_SURPLUS",
        str(nothing.id): "NOTHING_TO_SHARE",
    }
    assert await declared(stage) == 1
    assert outcomes(await done(stage, "calculate", groupIds=[str(good.id)])) == {
        str(good.id): "ALREADY_POSTED"
    }
    assert outcomes(await done(stage, "post", groupIds=[str(good.id)])) == {
        str(good.id): "ALREADY_POSTED"
    }
    # Money came in since: what failed is tried again, and nothing else.
    income = RecordMovement(spent.id, "OTHER_INCOME", 90_00, "CASH", "Chairs were let")
    await applied(stage, income)
    again = (await stage.api.ask(stage.admin, RETRY, id=posted["id"]))["found"]
    assert (again["status"], again["done"], again["failed"]) == ("WAITING", 1, 0)
    assert await work(stage.runtime) == 2
    again = (await stage.api.ask(stage.admin, FIND, id=posted["id"]))["found"]
    assert (again["status"], again["done"], again["failed"]) == ("DONE", 2, 1)
    assert outcomes(again)[str(spent.id)] == "POSTED"
    assert await work(stage.runtime) == 0
    await stage.books_hold()


async def test_asking_is_checked_and_the_same_wish_is_one_job(stage: Stage) -> None:
    group = str(stage.group.id)
    assert (await ask(stage, "calculate")).field == "groupIds"
    assert (await ask(stage, "calculate", all=True, county="Nakuru")).code == "BAD_INPUT"
    assert (await ask(stage, "calculate", groupIds=[])).code == "BAD_INPUT"
    assert (await ask(stage, "calculate", county="Atlantis")).field == "county"
    assert (await ask(stage, "post", all=True, fiscalYear=9999)).field == "fiscalYear"
    assert (await ask(stage, "post", all=True, fiscalYear=1)).field == "fiscalYear"
    stranger = await ask(stage, "calculate", groupIds=[group, str(new_id())])
    assert (stranger.code, stranger.field) == ("NOT_FOUND", "groupIds")
    values = {"fiscalYear": year(stage), "groupIds": [group]}
    for person in (stage.officer, stage.chair):
        answer = await stage.api.ask(person, ASK["calculate"], input=values)
        assert answer.code == "FORBIDDEN"

    first = (await ask(stage, "calculate", groupIds=[group]))["found"]
    assert (await ask(stage, "calculate", groupIds=[group, group]))["found"]["id"] == first["id"]
    other = (await ask(stage, "calculate", all=True))["found"]
    assert other["id"] != first["id"]
    await work(stage.runtime)
    second = (await ask(stage, "calculate", groupIds=[group]))["found"]
    assert second["id"] != first["id"]
    # The first one failed; while the second does the same, it is not tried again beside it.
    assert (await stage.api.ask(stage.admin, RETRY, id=first["id"])).code == "JOB_RUNNING"
    await work(stage.runtime)
    assert (await stage.api.ask(stage.admin, RETRY, id=str(new_id()))).code == "NOT_FOUND"

    page = (await stage.api.ask(stage.admin, LIST))["dividendJobs"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, True)
    assert page["edges"][0]["node"]["id"] == second["id"]
    after = page["pageInfo"]["endCursor"]
    page = (await stage.api.ask(stage.admin, LIST, after=after))["dividendJobs"]
    assert page["edges"][0]["node"]["id"] == other["id"]
    found = (await stage.api.ask(stage.admin, FAILURES, id=first["id"]))["dividendJob"]["groups"]
    assert (found["totalCount"], found["edges"]) == (1, [{"node": {"code": "NO_SAVINGS"}}])
    after = found["pageInfo"]["endCursor"]
    rest = await stage.api.ask(stage.admin, FAILURES, id=first["id"], after=after)
    assert rest["dividendJob"]["groups"]["edges"] == []


async def test_what_a_killed_worker_left_goes_on_and_nothing_is_done_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        await group_of_two(stage)
    monkeypatch.setattr(dividend_work, "GROUPS_AT_ONCE", 2)
    await done(stage, "calculate", all=True)
    job = (await ask(stage, "post", all=True))["found"]
    write = dividend_work._write
    killed = 0

    async def dies_before_the_second_commit(*values: Any) -> None:
        nonlocal killed
        killed += 1
        await write(*values)
        if killed == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr(dividend_work, "_write", dies_before_the_second_commit)
    with pytest.raises(asyncio.CancelledError):
        await work(stage.runtime)
    # The first chunk stands, of the second one nothing: neither entries nor rows.
    left = (await stage.api.ask(stage.admin, FIND, id=job["id"]))["found"]
    assert (left["status"], left["done"]) == ("RUNNING", 2)
    assert await declared(stage) == 2
    assert await work(stage.runtime) == 2
    found = (await stage.api.ask(stage.admin, FIND, id=job["id"]))["found"]
    assert (found["status"], found["done"], found["failed"]) == ("DONE", 4, 0)
    assert await declared(stage) == 4
    await stage.books_hold()


async def test_a_fault_of_ours_fails_its_own_group_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = [(await group_of_two(stage))[0] for _ in range(3)]
    broken = groups[1].id
    apply = dividend_work.apply_within

    async def breaks(runtime: Any, session: Any, operations: Any) -> Any:
        if broken in {one.body.group_id for one in operations}:
            raise ZeroDivisionError
        return await apply(runtime, session, operations)

    monkeypatch.setattr(dividend_work, "apply_within", breaks)
    job = await done(stage, "calculate", groupIds=[str(one.id) for one in groups])
    assert [*outcomes(job).values()] == ["DRAFT", "INTERNAL", "DRAFT"]
    assert (job["status"], job["done"], job["failed"]) == ("DONE", 2, 1)
    monkeypatch.setattr(dividend_work, "apply_within", apply)
    await stage.api.ask(stage.admin, RETRY, id=job["id"])
    assert await work(stage.runtime) == 1
    assert len(await stage.all_of(DividendRun)) == 3


async def test_a_chunk_costs_the_same_statements_however_many_groups(stage: Stage) -> None:
    counted: list[int] = []
    statements = 0

    def count(*_: Any) -> None:
        nonlocal statements
        statements += 1

    event.listen(stage.runtime.db.engine.sync_engine, "before_cursor_execute", count)
    for groups in (2, 12):
        named = [str((await group_of_two(stage))[0].id) for _ in range(groups)]
        for verb in ("calculate", "post"):
            await ask(stage, verb, groupIds=named)
            statements = 0
            await work(stage.runtime)
            counted.append(statements)
    event.remove(stage.runtime.db.engine.sync_engine, "before_cursor_execute", count)
    assert counted[:2] == counted[2:]
    assert await declared(stage) == 14


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_workers_share_a_job(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    named = [str((await group_of_two(stage))[0].id) for _ in range(8)]
    monkeypatch.setattr(dividend_work, "GROUPS_AT_ONCE", 1)
    other = make_runtime(stage.runtime.settings)
    try:
        await other.db.ping()
        for verb in ("calculate", "post"):
            job = (await ask(stage, verb, groupIds=named))["found"]
            shares = await asyncio.gather(work(stage.runtime), work(other))
            assert sum(shares) == 8
            assert min(shares) > 0
            found = (await stage.api.ask(stage.admin, FIND, id=job["id"]))["found"]
            assert (found["status"], found["done"]) == ("DONE", 8)
    finally:
        await close_runtime(other)
    assert await declared(stage) == 8
    await stage.books_hold()


async def test_the_embedded_worker_works_jobs_off(stage: Stage) -> None:
    group, _ = await group_of_two(stage)
    await ask(stage, "calculate", groupIds=[str(group.id)])
    worker = EmbeddedWorker(stage.runtime)
    worker.start()
    made: list[UUID] = []

    async def look() -> None:
        while not made:
            made.extend(run.id for run in await stage.all_of(DividendRun))
            await asyncio.sleep(0.05)

    looking = asyncio.create_task(look())
    await until(lambda: made)
    await looking
    await worker.stop()
