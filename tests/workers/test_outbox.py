"""The frame of the outbox: each row ends once, or stands on the list of dead letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.models import AuditLog, OutboxMessage
from app.runtime import Runtime
from app.services.outbox import count_by_topic, put, ring
from app.workers import main as workers
from app.workers import topics
from app.workers.main import EmbeddedWorker
from app.workers.outbox import (
    MAY_HAVE_HAPPENED,
    TRIED_OUT,
    End,
    Inside,
    Outside,
    Pauses,
    Result,
    Topic,
    look_at_outbox,
    work_off,
)
from tests.support.stage import Stage, rows_of, set_stage
from tests.workers.test_worker import until

DEAD = """query Dead($topic: String, $before: DateTime, $first: Int, $after: String) {
  deadLetters(topic: $topic, before: $before, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id topic code attempts lastError createdAt deadAt member { memberName } } } } }
"""
RESEND = "mutation R($ids: [UUID!]!) { resendMessages(ids: $ids) }"
DISMISS = """mutation D($ids: [UUID!]!, $reason: String!) {
  dismissMessages(ids: $ids, reason: $reason) }"""


class Provider:
    """A topic whose provider answers as the test says."""

    def __init__(self, runtime: Runtime, **more: Any) -> None:
        self.runtime = runtime
        self.sent: list[str] = []
        self.noted: dict[UUID, Result] = {}
        self.answer: Any = Result(End.DONE)
        self.plan: Result | None = None
        self.topic = Outside("try", self._prepare, self._send, self._note, **more)

    async def _prepare(
        self, _runtime: Runtime, _session: AsyncSession, rows: Sequence[OutboxMessage]
    ) -> Mapping[UUID, Any]:
        return {row.id: self.plan or row.payload["word"] for row in rows}

    async def _send(self, _runtime: Runtime, _ctx: dict[Any, Any], job: Any) -> Result:
        (row,) = [one for one in await rows(self.runtime) if one.payload["word"] == job]
        assert row.begun_at is not None, "recorded before the provider is asked"
        self.sent.append(job)
        if isinstance(self.answer, Exception):
            raise self.answer
        assert isinstance(self.answer, Result)
        return self.answer

    async def _note(
        self, _runtime: Runtime, _session: AsyncSession, results: Mapping[UUID, Result]
    ) -> None:
        self.noted.update(results)

    async def work(self) -> int:
        return await work_off({"runtime": self.runtime}, [self.topic])


async def rows(runtime: Runtime) -> list[OutboxMessage]:
    found = await rows_of(runtime, OutboxMessage)
    return sorted(found, key=lambda row: row.id)


async def write(runtime: Runtime, *words: str, **more: Any) -> None:
    async def work(session: AsyncSession) -> None:
        for word in words:
            put(session, "try", {"word": word}, now=clock.now(), **more)
        ring(runtime, session)

    await runtime.db.transact(work)


async def change(runtime: Runtime, **values: Any) -> None:
    async def work(session: AsyncSession) -> None:
        await session.execute(update(OutboxMessage).values(**values))

    await runtime.db.transact(work)


async def test_what_is_due_is_sent_once(runtime: Runtime) -> None:
    provider = Provider(runtime, at_once=2)
    await write(runtime, "one", "two", "three")
    await write(runtime, "later", at=clock.now() + timedelta(hours=1))
    assert await provider.work() == 3
    assert await provider.work() == 0
    assert sorted(provider.sent) == ["one", "three", "two"]
    assert [row.done_at is None for row in await rows(runtime)] == [False, False, False, True]
    assert len(provider.noted) == 3


async def test_what_a_dead_worker_had_begun_is_in_doubt_unless_it_can_be_repeated(
    runtime: Runtime,
) -> None:
    provider = Provider(runtime)
    await write(runtime, "one")
    await change(runtime, begun_at=clock.now() - timedelta(minutes=3), attempts=1)
    assert await provider.work() == 1
    assert provider.sent == []
    (row,) = await rows(runtime)
    assert (row.dead_code, row.done_at is None) == (MAY_HAVE_HAPPENED, False)
    assert provider.noted[row.id].code == MAY_HAVE_HAPPENED
    other = Provider(runtime, repeatable=True)
    await change(runtime, done_at=None, dead_at=None, begun_at=clock.now() - timedelta(minutes=3))
    assert await other.work() == 1
    assert other.sent == ["one"]


async def test_while_a_row_is_leased_nobody_else_sends_it(runtime: Runtime) -> None:
    provider = Provider(runtime)
    now = clock.now()
    await write(runtime, "one")
    await change(runtime, begun_at=now, available_at=now + timedelta(minutes=2))
    assert await provider.work() == 0


async def test_an_attempt_that_did_nothing_is_repeated_with_longer_pauses_up_to_the_limit(
    runtime: Runtime,
) -> None:
    provider = Provider(runtime, pauses=Pauses(10, 1000, attempts=3))
    provider.answer = Result(End.LATER, "status 503", wait=15)
    await write(runtime, "one")
    waits = []
    for _ in range(3):
        before = clock.now()
        assert await provider.work() == 1
        (row,) = await rows(runtime)
        waits.append((row.available_at - before).total_seconds())
        assert row.begun_at is None
        if row.dead_at is None:
            assert await provider.work() == 0
            await change(runtime, available_at=clock.now())
    assert 15 <= waits[0] <= 20
    assert 15 <= waits[1] <= 26
    assert (row.dead_code, row.last_error, row.attempts) == (TRIED_OUT, "status 503", 3)
    assert provider.noted[row.id].end is End.DEAD


async def test_an_unexpected_failure_of_sending_is_in_doubt(runtime: Runtime) -> None:
    provider = Provider(runtime)
    provider.answer = ValueError("what it was must not be kept")
    await write(runtime, "one")
    await provider.work()
    (row,) = await rows(runtime)
    assert (row.dead_code, row.last_error) == (MAY_HAVE_HAPPENED, "ValueError")


async def test_what_must_wait_for_an_hour_has_not_been_tried(runtime: Runtime) -> None:
    provider = Provider(runtime)
    hour = clock.now() + timedelta(hours=2)
    provider.plan = Result(End.PUT_OFF, "QUIET_HOURS", at=hour)
    await write(runtime, "one")
    assert await provider.work() == 1
    (row,) = await rows(runtime)
    assert (row.attempts, row.available_at, row.done_at) == (0, hour, None)


async def test_an_answer_that_comes_after_the_lease_clears_the_doubt_only_if_it_is_certain(
    runtime: Runtime,
) -> None:
    provider = Provider(runtime)

    async def buried(_runtime: Runtime, _ctx: dict[Any, Any], _job: Any) -> Result:
        now = clock.now()
        code = MAY_HAVE_HAPPENED
        await change(runtime, begun_at=None, done_at=now, dead_at=now, dead_code=code)
        return answer

    slow = replace(provider.topic, send=buried)
    answer = Result(End.LATER, "status 503")
    await write(runtime, "one")
    await work_off({"runtime": runtime}, [slow])
    (row,) = await rows(runtime)
    assert row.dead_at is not None
    assert not provider.noted
    answer = Result(End.DONE)
    await change(runtime, done_at=None, dead_at=None, dead_code=None, available_at=clock.now())
    await work_off({"runtime": runtime}, [slow])
    (row,) = await rows(runtime)
    assert (row.dead_at, row.dead_code) == (None, None)
    assert row.done_at is not None


async def test_a_row_that_fails_inside_puts_off_itself_alone(runtime: Runtime) -> None:
    seen: list[str] = []

    async def work(
        _runtime: Runtime, session: AsyncSession, found: Sequence[OutboxMessage]
    ) -> None:
        for row in found:
            put(session, "effect", {"word": row.payload["word"]}, now=clock.now())
            if row.payload["word"] == "poison":
                raise ValueError("a secret")
            seen.append(row.payload["word"])

    topic: Topic = Inside("try", work, pauses=Pauses(attempts=1))
    await write(runtime, "one", "poison", "two")
    assert await work_off({"runtime": runtime}, [topic]) == 3
    effects = [row.payload["word"] for row in await rows(runtime) if row.topic == "effect"]
    assert sorted(effects) == ["one", "two"]
    (dead,) = [row for row in await rows(runtime) if row.dead_at is not None]
    assert (dead.payload["word"], dead.last_error) == ("poison", "ValueError")


async def test_a_topic_that_fails_stops_no_other(runtime: Runtime) -> None:
    provider = Provider(runtime)

    async def fails(*_args: Any) -> Mapping[UUID, Any]:
        raise ValueError

    broken = replace(provider.topic, prepare=fails)
    await write(runtime, "one")
    assert await work_off({"runtime": runtime}, [broken, provider.topic]) == 1


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_the_bell_wakes_a_worker_that_does_not_look_by_itself(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = Provider(runtime)
    monkeypatch.setattr(topics, "TOPICS", (provider.topic,))
    beat = workers.cron(look_at_outbox, month=1, day=1, hour=0, minute=0)
    monkeypatch.setattr(workers, "_quick_jobs", lambda: [beat])
    worker = EmbeddedWorker(runtime, ["quick"])
    worker.start()
    await until(lambda: worker._workers["quick"]._pool is not None if worker._workers else False)
    await write(runtime, "one")
    await until(lambda: provider.sent == ["one"])
    await worker.stop()


async def bury(stage: Stage, *words: str, member_id: UUID | None = None) -> None:
    await write(stage.runtime, *words, member_id=member_id)
    provider = Provider(stage.runtime)
    provider.answer = Result(End.DEAD, "status 400", "REFUSED")
    await provider.work()


async def test_the_office_sees_dead_letters_and_sends_them_again_or_lets_them_be(
    runtime: Runtime,
) -> None:
    stage = await set_stage(runtime)
    await bury(stage, "one", "two", "three", member_id=stage.jane.id)

    async def dead(**variables: Any) -> dict[str, Any]:
        answer = await stage.api.ask(stage.admin, DEAD, **variables)
        found: dict[str, Any] = answer["deadLetters"]
        return found

    page = await dead(topic="try", first=2)
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, True)
    rest = await dead(topic="try", first=2, after=page["pageInfo"]["endCursor"])
    letters = [edge["node"] for edge in (*page["edges"], *rest["edges"])]
    assert {one["code"] for one in letters} == {"REFUSED"}
    assert letters[0]["member"]["memberName"] == stage.jane.member_name
    assert letters[0]["lastError"] == "status 400"
    assert len({one["id"] for one in letters}) == 3
    assert (await dead(topic="other"))["totalCount"] == 0
    assert (await dead(before="2020-01-01T00:00:00Z"))["totalCount"] == 0
    async with runtime.db.reading() as session:
        assert await count_by_topic(session) == {"waiting": {}, "dead": {"try": 3}}
    ids = [one["id"] for one in letters]
    for _ in range(2):
        answer = await stage.api.ask(stage.admin, DISMISS, ids=ids[:1], reason=" Told by phone ")
    assert answer["dismissMessages"] == 0
    again = await stage.api.ask(stage.admin, RESEND, ids=ids)
    assert again["resendMessages"] == 2
    assert (await dead())["totalCount"] == 0
    provider = Provider(runtime)
    assert await provider.work() == 2
    audited = [row for row in await stage.all_of(AuditLog) if row.action.startswith("message.")]
    assert sorted(row.action for row in audited) == [
        "message.dismissed",
        "message.resent",
        "message.resent",
    ]
    assert {row.actor_id for row in audited} == {stage.admin.user_id}


async def test_dead_letters_are_asked_for_in_bounds(runtime: Runtime) -> None:
    stage = await set_stage(runtime)
    for wrong, field in (
        ((DEAD, {"first": 101}), "first"),
        ((DEAD, {"topic": "x" * 41}), "topic"),
        ((RESEND, {"ids": []}), "ids"),
        ((DISMISS, {"ids": [str(UUID(int=1))], "reason": "  "}), "reason"),
    ):
        answer = await stage.api.ask(stage.admin, wrong[0], **wrong[1])
        assert (answer.code, answer.field) == ("BAD_INPUT", field)
