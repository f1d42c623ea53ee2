"""Notices reach the phones of those whom they concern, once, over a real push service's wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.config import Settings
from app.models import OutboxMessage, PushSubscription, User
from app.runtime import Runtime, close_runtime, make_runtime
from app.workers.push import MOST_ATTEMPTS, push_notices
from tests.rules.test_reviews import decide, held
from tests.support.loans import REJECT as REJECT_LOAN
from tests.support.loans import lending
from tests.support.push import Pushing, with_push
from tests.support.push_service import push_service
from tests.support.stage import set_stage
from tests.support.welfare import with_fund

ON_ONE = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return with_push(settings)


@pytest.fixture
async def pushing(runtime: Runtime) -> AsyncIterator[Pushing]:
    async with push_service() as service:
        context: dict[Any, Any] = {"runtime": runtime}
        yield Pushing(await set_stage(runtime), service, context)
        if "push_client" in context:
            await context["push_client"].close()


async def test_a_loan_goes_through_its_people(pushing: Pushing) -> None:
    """Asked: officer and chair, never who did it; told: the officers; once each, in their words."""
    stage = pushing.stage
    bank = await lending(stage)
    colleague = await stage.make.officer(stage.group)
    own = await pushing.phone_of(stage.officer)
    other = await pushing.phone_of(colleague, "sw")
    chair = await pushing.phone_of(stage.chair, "sw")
    stranger = await pushing.phone_of(await stage.make.officer())
    committee = await pushing.phone_of(bank.committee[0])
    loan_id = await bank.applied()
    assert await pushing.work() == 2
    assert not own.messages
    (asked,) = chair.messages
    assert asked == {
        "title": "Mkopo unasubiri uidhinishe",
        "body": stage.group.name,
        "lang": "sw",
        "tag": str(loan_id),
        "about": "APPROVAL_NEEDED",
        "subject": "LOAN",
        "subjectId": str(loan_id),
        "groupId": str(stage.group.id),
    }
    assert other.messages == [asked]
    assert chair.headers[0]["urgency"] == "high"
    assert not (await bank.approve(loan_id, stage.officer)).errors
    # The officer's place is filled: only the chair is asked again, under the same tag and topic.
    assert await pushing.work() == 1
    assert chair.messages == [asked, asked]
    assert {one["topic"] for one in chair.headers} == {loan_id.hex}
    assert not (await bank.approve(loan_id, stage.chair)).errors
    assert await pushing.work() == 2
    assert [one["title"] for one in own.messages] == ["A loan is approved"]
    assert [one["title"] for one in other.messages[1:]] == ["Mkopo umeidhinishwa"]
    assert await pushing.work() == 0
    assert not stranger.messages
    assert not committee.messages
    assert all(row.done_at is not None for row in await pushing.outbox("notice"))


async def test_a_message_names_no_member_and_no_amount(pushing: Pushing) -> None:
    bank = await lending(pushing.stage)
    chair = await pushing.phone_of(pushing.stage.chair)
    await bank.applied()
    await pushing.work()
    said = str(chair.messages[0])
    assert bank.jane.member_name not in said
    assert "9000" not in said.replace(str(chair.messages[0]["subjectId"]), "")
    assert str(bank.jane.id) not in said


async def test_a_larger_loan_asks_committee_and_chair_but_nobody_for_their_own(
    pushing: Pushing,
) -> None:
    stage = pushing.stage
    bank = await lending(stage, "50000.00")
    own = await stage.make.committee(stage.group, member_id=bank.jane.id)
    phones = [await pushing.phone_of(who) for who in (*bank.committee, stage.chair)]
    borrower = await pushing.phone_of(own)
    admin = await pushing.phone_of(stage.admin)
    await bank.applied("60000.00", durationMonths=6, loanType="LONG_TERM")
    await pushing.work()
    assert [len(one.messages) for one in phones] == [1, 1, 1]
    assert not borrower.messages
    assert not admin.messages


async def test_what_was_decided_meanwhile_is_not_asked_for(pushing: Pushing) -> None:
    stage = pushing.stage
    bank = await lending(stage)
    officer = await pushing.phone_of(stage.officer)
    chair = await pushing.phone_of(stage.chair)
    loan_id = await bank.applied()
    answer = await stage.api.ask(stage.chair, REJECT_LOAN, loanId=str(loan_id), reason="Too early")
    assert not answer.errors
    assert await pushing.work() == 1
    assert not chair.messages
    assert [one["title"] for one in officer.messages] == ["A loan was rejected"]


async def test_welfare_and_reviews_are_told_too(pushing: Pushing) -> None:
    stage = pushing.stage
    welfare = await with_fund(stage)
    officer = await pushing.phone_of(stage.officer)
    chair = await pushing.phone_of(stage.chair)
    await welfare.approved()
    await pushing.work()
    _, item_id = await held(stage)
    await decide(stage, item_id, "SEND_BACK")
    await pushing.work()
    await decide(stage, item_id, "ACCEPT")
    await pushing.work()
    told = [(one["subject"], one["about"]) for one in officer.messages]
    assert told == [
        ("WELFARE", "APPROVED"),
        ("REVIEW", "REVIEW_SENT_BACK"),
        ("REVIEW", "REVIEW_DECIDED"),
    ]
    assert not chair.messages, "decided before anybody was asked"


async def test_a_subscription_that_is_gone_is_dropped(pushing: Pushing) -> None:
    bank = await lending(pushing.stage)
    chair = await pushing.phone_of(pushing.stage.chair)
    chair.answers.append((410, {}))
    await bank.applied()
    assert await pushing.work() == 0
    assert await pushing.stage.all_of(PushSubscription) == []
    (row,) = await pushing.outbox()
    assert row.done_at is not None


@ON_ONE
async def test_an_unknown_address_is_dropped_as_well(pushing: Pushing) -> None:
    bank = await lending(pushing.stage)
    await pushing.phone_of(pushing.stage.chair)
    pushing.service.browsers.clear()
    await bank.applied()
    await pushing.work()
    assert await pushing.stage.all_of(PushSubscription) == []


async def test_a_busy_service_is_asked_again_later_and_the_message_comes_once(
    pushing: Pushing,
) -> None:
    bank = await lending(pushing.stage)
    chair = await pushing.phone_of(pushing.stage.chair)
    chair.answers += [(429, {"Retry-After": "90"}), (500, {})]
    await bank.applied()
    assert await pushing.work() == 0
    (row,) = await pushing.outbox()
    assert (row.attempts, row.done_at, row.last_error) == (1, None, "status 429")
    assert row.available_at - clock.now() > timedelta(seconds=80)
    assert await pushing.work() == 0
    assert len(chair.headers) == 1, "not before its time"
    await pushing.make_due()
    assert await pushing.work() == 0
    await pushing.make_due()
    assert await pushing.work() == 1
    assert len(chair.messages) == 1
    (row,) = await pushing.outbox()
    assert (row.attempts, row.last_error) == (3, None)


@ON_ONE
async def test_a_service_that_stays_broken_is_given_up_and_the_subscription_kept(
    pushing: Pushing,
) -> None:
    bank = await lending(pushing.stage)
    chair = await pushing.phone_of(pushing.stage.chair)
    chair.answers += [(503, {})] * (MOST_ATTEMPTS + 3)
    await bank.applied()
    for _ in range(MOST_ATTEMPTS + 2):
        await pushing.work()
        await pushing.make_due()
    assert len(chair.headers) == MOST_ATTEMPTS
    (row,) = await pushing.outbox()
    assert row.done_at is not None
    assert len(await pushing.stage.all_of(PushSubscription)) == 1


@ON_ONE
async def test_what_a_service_refuses_is_not_sent_again(pushing: Pushing) -> None:
    bank = await lending(pushing.stage)
    chair = await pushing.phone_of(pushing.stage.chair)
    chair.answers.append((403, {}))
    await bank.applied()
    await pushing.work()
    (row,) = await pushing.outbox()
    assert (row.done_at is None, row.last_error) == (False, "refused with 403")


@ON_ONE
async def test_a_worker_that_died_while_sending_is_taken_over_from(pushing: Pushing) -> None:
    """Leased rows are left alone until the lease is over, then sent."""
    bank = await lending(pushing.stage)
    chair = await pushing.phone_of(pushing.stage.chair)

    class Dies(Exception):
        pass

    class DyingClient:
        async def send(self, *_args: Any, **_more: Any) -> None:
            raise Dies

    await bank.applied()
    with pytest.raises(Dies):
        await push_notices({**pushing.context, "push_client": DyingClient()})
    assert await pushing.work() == 0
    await pushing.make_due()
    assert await pushing.work() == 1
    assert len(chair.messages) == 1


@ON_ONE
async def test_two_workers_send_each_message_once(pushing: Pushing) -> None:
    bank = await lending(pushing.stage)
    phones = [await pushing.phone_of(pushing.stage.chair) for _ in range(3)]
    await bank.applied()
    other = {"runtime": pushing.context["runtime"]}
    for _ in range(3):
        await asyncio.gather(pushing.work(), push_notices(other))
    assert [len(one.messages) for one in phones] == [1, 1, 1]


@ON_ONE
async def test_old_news_and_people_who_left_are_not_told(pushing: Pushing) -> None:
    stage = pushing.stage
    bank = await lending(stage)
    chair = await pushing.phone_of(stage.chair)
    loan_id = await bank.applied()

    async def age(session: AsyncSession) -> None:
        yesterday = clock.now() - timedelta(hours=25)
        await session.execute(update(OutboxMessage).values(created_at=yesterday))

    async def leave(session: AsyncSession) -> None:
        of_chair = col(User.id) == stage.chair.user_id
        await session.execute(update(User).where(of_chair).values(is_active=False))

    await stage.runtime.db.transact(age)
    assert await pushing.work() == 0
    assert not (await bank.approve(loan_id, stage.officer)).errors
    await stage.runtime.db.transact(leave)
    assert await pushing.work() == 0
    assert not chair.messages


@ON_ONE
async def test_without_a_key_notices_end_and_nothing_is_sent(pushing: Pushing) -> None:
    bank = await lending(pushing.stage)
    chair = await pushing.phone_of(pushing.stage.chair)
    await bank.applied()
    off = make_runtime(replace(pushing.stage.runtime.settings, push=None))
    assert await push_notices({"runtime": off}) == 0
    await close_runtime(off)
    assert not chair.messages
    assert all(row.done_at is not None for row in await pushing.outbox("notice"))


@ON_ONE
async def test_the_notice_is_written_with_what_it_tells_of_or_not_at_all(
    pushing: Pushing,
) -> None:
    bank = await lending(pushing.stage)
    answer = await bank.ask_for("900000.00")
    assert answer.errors
    assert await pushing.outbox("notice") == []
    loan_id = await bank.applied()
    (row,) = await pushing.outbox("notice")
    assert UUID(row.payload["subjectId"]) == loan_id
