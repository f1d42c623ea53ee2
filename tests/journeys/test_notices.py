"""Being told with the app closed: asking for it, what the phone shows, and where it leads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import Member
from app.models.base import new_id
from tests.journeys.accessibility import is_accessible
from tests.journeys.house import House
from tests.journeys.phone import Phone
from tests.journeys.pictures import picture
from tests.journeys.waiting import until
from tests.support.databases import PostgreSQLDatabases
from tests.support.factories import Person
from tests.support.loops import LoopThread
from tests.support.push import with_push
from tests.support.redis_server import RedisServer

SHOWN = """async () => {
  const found = await self.registration.getNotifications();
  return found.map(({ title, body, lang, tag, data }) => ({ title, body, lang, tag, data }));
}"""
ASKS = "The office asks you about one of your entries"
TOUCH = """async () => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


@pytest.fixture(scope="module")
def house(
    postgresql_databases: PostgreSQLDatabases,
    redis: RedisServer,
    loop_thread: LoopThread,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    """Servers with a key for Web Push."""
    folder = tmp_path_factory.mktemp("house")
    settings = with_push(postgresql_databases.fresh(folder))
    made = House(replace(settings, redis_url=redis.url), folder / "servers", loop_thread)
    yield made
    made.stop()
    postgresql_databases.drop(settings)


@pytest.fixture
def officer(house: House) -> Person:
    group = house.run(house.make.group)
    return house.run(lambda: house.make.officer(group))


class PushService:
    """As the browser hears from its push service, through Chromium's own door for developers."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._session = phone.context.new_cdp_session(phone.page)
        self._registrations: list[dict[str, Any]] = []
        self._session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: self._registrations.extend(event["registrations"]),
        )
        self._session.send("ServiceWorker.enable")

    def deliver(self, message: dict[str, str]) -> list[dict[str, Any]]:
        """What is on the lock screen once the message is there."""
        page = self._phone.page
        until(page, lambda: bool(self._registrations), "the service worker is known")
        given = {
            "origin": page.evaluate("location.origin"),
            "registrationId": self._registrations[-1]["registrationId"],
            "data": json.dumps(message),
        }
        for _ in range(5):
            # That door loses what comes while the worker is being started.
            self._session.send("ServiceWorker.deliverPushMessage", given)
            for _ in range(20):
                if message["title"] in [one["title"] for one in self.shown()]:
                    return self.shown()
                page.wait_for_timeout(100)
        raise AssertionError("the message is not shown")

    def shown(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._phone.context.service_workers[0].evaluate(SHOWN)
        return found


def test_a_notice_is_shown_and_leads_to_what_it_is_about(phone: Phone, officer: Person) -> None:
    phone.sign_in(officer)
    phone.ready_for_offline()
    (worker,) = phone.context.service_workers
    notice = {
        "title": "The office decided on one of your entries",
        "body": "Tumaini Women Group",
        "lang": "en",
        "tag": str(new_id()),
        "subject": "REVIEW",
        "subjectId": str(new_id()),
    }
    service = PushService(phone)
    (shown,) = service.deliver(notice)
    assert shown == {
        **{name: notice[name] for name in ("title", "body", "lang", "tag")},
        "data": {"path": "/outbox"},
    }
    # A later word about the same takes its place on the screen.
    (newer,) = service.deliver({**notice, "title": ASKS})
    assert newer["title"] == ASKS
    worker.evaluate(TOUCH)
    expect(phone.page.get_by_role("heading", level=1, name="Outbox")).to_be_visible()
    until(phone.page, lambda: service.shown() == [], "the notice is put away")


def test_a_locked_phone_asks_for_the_pin_before_it_shows_what_a_notice_is_about(
    phone: Phone, officer: Person
) -> None:
    phone.sign_in(officer)
    phone.ready_for_offline()
    phone.page.get_by_test_id("open-account").click()
    phone.page.get_by_test_id("lock-now").click()
    (worker,) = phone.context.service_workers
    notice = {"title": "x", "subject": "REVIEW", "subjectId": str(new_id()), "tag": "1"}
    PushService(phone).deliver(notice)
    worker.evaluate(TOUCH)
    phone.page.wait_for_url("**/field/#/outbox")
    expect(phone.page.get_by_test_id("pin-input")).to_be_visible()
    phone.unlock()
    expect(phone.page.get_by_role("heading", level=1, name="Outbox")).to_be_visible()


def test_it_is_offered_when_something_waits_for_a_decision_and_not_before(
    house: House, phone: Phone
) -> None:
    group = house.run(house.make.group)
    officer = house.run(lambda: house.make.officer(group))
    jane = house.run(lambda: house.make.member(group, member_name="Jane Wanjiku"))
    phone.sign_in(officer)
    phone.ready_for_offline()
    page = phone.page
    offer = page.get_by_test_id("notice-offer")
    expect(offer).to_have_count(0)
    phone.lose_signal()
    phone.pay(group.name, ("Jane Wanjiku", "500"))
    phone.tab("Today")
    expect(offer).to_have_count(0)

    async def leave(session: AsyncSession) -> None:
        await session.execute(
            update(Member).where(col(Member.id) == jane.id).values(is_active=False)
        )

    house.run(lambda: house.runtime.db.transact(leave))
    phone.find_signal()
    expect(offer).to_be_visible()
    picture(page, "phone-notice-offer")
    is_accessible(page)
    offer.get_by_role("button", name="Not now").click()
    expect(offer).to_have_count(0)
    phone.page.reload()
    phone.unlock()
    phone.is_synced()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    expect(offer).to_have_count(0)


def test_a_phone_without_a_push_service_says_so_and_keeps_the_wish(
    phone: Phone, officer: Person
) -> None:
    """This browser has none: subscribing fails or hangs, and the app must not."""
    phone.sign_in(officer)
    phone.ready_for_offline()
    page = phone.page
    page.get_by_test_id("open-account").click()
    switch = page.get_by_test_id("notice-switch")
    expect(switch).to_have_attribute("aria-checked", "false")
    picture(page, "phone-account-notices-off")
    switch.click()
    expect(page.get_by_test_id("notice-problem")).to_contain_text(
        "The phone's own notice service does not answer.", timeout=40_000
    )
    expect(switch).to_have_attribute("aria-checked", "true")
    is_accessible(page)
    picture(page, "phone-account-notices-unreachable")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(page.get_by_test_id("notice-problem")).to_have_count(0)


def test_a_wish_without_signal_waits(phone: Phone, officer: Person) -> None:
    phone.sign_in(officer)
    phone.ready_for_offline()
    page = phone.page
    page.get_by_test_id("open-account").click()
    expect(page.get_by_test_id("notice-switch")).to_be_visible()
    phone.lose_signal()
    page.get_by_test_id("notice-switch").click()
    expect(page.get_by_test_id("notice-problem")).to_contain_text("when there is signal")
    phone.find_signal()
