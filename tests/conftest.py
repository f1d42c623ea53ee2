"""Fixtures for all tests: real servers for the session, a fresh database for each test.

A test that takes `settings` (or `runtime`) runs on SQLite and on PostgreSQL. One that is for
one of them says so:

    @pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
"""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.config import Settings
from app.runtime import Runtime, close_runtime, make_runtime
from tests.support.browser import Browsers
from tests.support.databases import ROOT, PostgreSQLDatabases, SQLiteDatabases
from tests.support.loops import LoopThread
from tests.support.postgresql import PostgreSQL, folder_for_data
from tests.support.redis_server import RedisServer
from tests.support.s3_server import S3Server
from tests.support.watchdog import findings, watching

FAILED = pytest.StashKey[bool]()
HANGS = ROOT / ".local" / "hangs"
HANGING_SECONDS = 270
"""Before pytest-timeout (pytest.ini) ends the process."""


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(HANGS, ignore_errors=True)
    # A polite kill ends the session like Ctrl-C does: fixtures stop what they started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Measuring doubles a test's time. What runs on both databases is measured on one, and no rule
    # is measured by a journey: each has tests of its own.
    names = {item.nodeid for item in items}
    for item in items:
        callspec = getattr(item, "callspec", None)
        twin = item.nodeid.replace("sqlite", "postgresql")
        doubled = callspec and callspec.params.get("databases") == "sqlite" and twin in names
        if doubled or item.nodeid.startswith("tests/journeys/"):
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    with watching(item.nodeid, HANGS, HANGING_SECONDS):
        return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in findings(HANGS).splitlines():
        terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def loop_thread() -> Iterator[LoopThread]:
    """A loop beside the test's, for fixtures that are not async."""
    loop = LoopThread()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server. Its folder is not below pytest's, which other users may not enter."""
    with tempfile.TemporaryDirectory(
        prefix="tablebanking-postgresql-", dir=folder_for_data()
    ) as folder:
        server = PostgreSQL(Path(folder))
        yield server
        server.stop()


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = S3Server(tmp_path_factory.mktemp("s3"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgresql_databases(
    postgresql: PostgreSQL, loop_thread: LoopThread, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PostgreSQLDatabases]:
    databases = PostgreSQLDatabases(postgresql, loop_thread, tmp_path_factory.mktemp("template"))
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite_databases(
    loop_thread: LoopThread, tmp_path_factory: pytest.TempPathFactory
) -> SQLiteDatabases:
    return SQLiteDatabases(loop_thread, tmp_path_factory.mktemp("template"))


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> SQLiteDatabases | PostgreSQLDatabases:
    """The maker of databases of the kind under test."""
    found: SQLiteDatabases | PostgreSQLDatabases = request.getfixturevalue(
        f"{request.param}_databases"
    )
    return found


@pytest.fixture
def settings(
    databases: SQLiteDatabases | PostgreSQLDatabases, tmp_path: Path
) -> Iterator[Settings]:
    """Settings for a fresh, migrated database."""
    fresh = databases.fresh(tmp_path)
    yield fresh
    databases.drop(fresh)


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    """A process's runtime on a fresh database, with its events running."""
    made = make_runtime(settings)
    await made.events.start()
    yield made
    await close_runtime(made)


@pytest.fixture
def shared_settings(settings: Settings, redis: RedisServer) -> Settings:
    """`settings` for several processes: events and jobs go through Redis."""
    return replace(settings, redis_url=redis.url)


@pytest.fixture
def browsers(request: pytest.FixtureRequest) -> Iterator[Browsers]:
    """Browsers for one test. Playwright holds the thread's loop: no async fixture beside it."""
    made = Browsers(ROOT / ".local" / "evidence" / request.node.name)
    yield made
    if request.node.stash.get(FAILED, False):
        made.keep_evidence()
    made.stop()
