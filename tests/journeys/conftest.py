"""Fixtures of the journeys. The servers stand for a whole file: each test makes its own people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.field import Field, make_field
from tests.journeys.house import House
from tests.journeys.office import Office
from tests.journeys.phone import Phone
from tests.support.browser import Browsers
from tests.support.databases import PostgreSQLDatabases
from tests.support.loans import Lending, lending
from tests.support.loops import LoopThread
from tests.support.redis_server import RedisServer
from tests.support.stage import set_stage

expect.set_options(timeout=20_000)
PEOPLE = count(1, 100)


@pytest.fixture(scope="module")
def house(
    postgresql_databases: PostgreSQLDatabases,
    redis: RedisServer,
    loop_thread: LoopThread,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    settings = postgresql_databases.fresh(folder)
    made = House(replace(settings, redis_url=redis.url), folder / "servers", loop_thread)
    yield made
    made.stop()
    postgresql_databases.drop(settings)


@pytest.fixture
def field(house: House) -> Field:
    return make_field(house)


@pytest.fixture
def lent(house: House) -> Lending:
    """A group whose Jane may borrow up to 45,000.00; John has saved nothing."""

    async def work() -> Lending:
        return await lending(await set_stage(house.runtime, start=next(PEOPLE)))

    return house.run(work)


@pytest.fixture
def phones(browsers: Browsers, house: House, tmp_path: Path) -> Iterator[Callable[[], Phone]]:
    """Phones that have never been used, switched on."""
    made: list[Phone] = []

    def another() -> Phone:
        made.append(Phone(browsers, tmp_path / f"phone-{len(made)}", house.balancer.port))
        return made[-1]

    yield another
    for phone in made:
        phone.throw_away()


@pytest.fixture
def phone(phones: Callable[[], Phone]) -> Phone:
    return phones()


@pytest.fixture
def office(browsers: Browsers, house: House, tmp_path: Path) -> Office:
    """A computer at the office, its browser open."""
    return Office(browsers, tmp_path / "office", house.url)


@pytest.fixture(autouse=True)
def no_page_breaks(browsers: Browsers) -> Iterator[None]:
    """No journey passes while a page throws, or wants what its security policy forbids."""
    yield
    broken = ("uncaught:", "Content Security Policy", "Warning: ")
    assert not [line for line in browsers.console if any(sign in line for sign in broken)]
