"""The harness does what the tests that stand on it believe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from app.auth.authenticate import authenticate
from app.config import Settings
from app.models import BankingGroup, Role, SearchToken
from app.runtime import Runtime
from app.services.member_privacy import open_member
from tests.support.balancer import Balancer
from tests.support.browser import Browsers
from tests.support.databases import ROOT
from tests.support.factories import Factory
from tests.support.redis_server import RedisServer
from tests.support.servers import ServerGroup


class Echo(BaseHTTPRequestHandler):
    """Answers with its server's name, and remembers what was posted."""

    protocol_version = "HTTP/1.1"
    posted: list[bytes] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self._answer(b"<title>page</title><script>console.error('seen')</script>")

    def do_POST(self) -> None:
        self.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(str(self.server.server_port).encode())  # type: ignore[attr-defined]

    def log_message(self, *_arguments: object) -> None:
        pass

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def balancer() -> Iterator[Balancer]:
    """Two echo servers behind one address."""
    Echo.posted.clear()
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Echo) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    made = Balancer([server.server_port for server in servers])
    yield made
    made.stop()
    for server in servers:
        server.shutdown()
        server.server_close()


def post(balancer: Balancer, body: bytes) -> bytes:
    with urllib.request.urlopen(balancer.url, body, timeout=10) as answer:
        content: bytes = answer.read()
        return content


def test_the_balancer_takes_its_servers_in_turn(balancer: Balancer) -> None:
    assert len({post(balancer, b"x") for _ in range(4)}) == 2


def test_a_lost_answer_is_lost_after_the_work_was_done(balancer: Balancer) -> None:
    balancer.lose_answers_to(b"syncBatch")
    post(balancer, b"other")
    with pytest.raises((URLError, OSError)):
        post(balancer, b"a syncBatch, for example" * 5000)
    assert (balancer.lost, len(Echo.posted)) == (1, 2)
    post(balancer, b"syncBatch again")
    assert (balancer.lost, len(Echo.posted)) == (1, 3)


def test_a_browsers_profile_outlives_it(
    browsers: Browsers, balancer: Balancer, tmp_path: Path
) -> None:
    phone = browsers.open(tmp_path / "phone", balancer.url)
    page = phone.pages[0]
    page.goto("/")
    assert page.title() == "page"
    assert browsers.console == ["error: seen"]
    page.evaluate("localStorage.setItem('kept', 'yes')")
    browsers.close(phone)
    page = browsers.open(tmp_path / "phone", balancer.url).pages[0]
    page.goto("/")
    assert page.evaluate("localStorage.getItem('kept')") == "yes"


async def test_an_async_test_runs_after_a_browsers() -> None:
    """Playwright's synchronous API must not leave its loop in the thread."""


async def test_factories_make_people_who_can_sign_in(runtime: Runtime) -> None:
    make = Factory(runtime)
    group = await make.group()
    people = [
        await make.admin(),
        await make.officer(group),
        await make.chair(group),
        await make.committee(group),
    ]
    assert [person.actor.role for person in people] == list(Role)
    for person in people:
        tokens = await make.sign_in(person)
        actor = await authenticate(runtime, tokens.access_token)
        assert (actor.user_id, actor.role, actor.group_id) == (
            person.user_id,
            person.actor.role,
            person.actor.group_id,
        )


async def test_factories_seal_members_as_the_services_do(runtime: Runtime) -> None:
    make = Factory(runtime)
    group = await make.group(name="Tumaini")
    member = await make.member(group, id_number="12345678", phone="0712 345 678")
    opened = open_member(runtime.keys, member)
    assert (opened.id_number, opened.phone) == ("12345678", "+254712345678")
    async with runtime.db.reading() as session:
        found = await session.execute(
            select(col(SearchToken.entity_id)).where(col(SearchToken.token) == "maini")
        )
        assert found.scalars().all() == [group.id]


@pytest.mark.parametrize("attempt", [1, 2])
async def test_each_test_has_a_fresh_database(runtime: Runtime, attempt: int) -> None:
    async with runtime.db.reading() as session:
        assert (await session.execute(select(BankingGroup))).first() is None
    await Factory(runtime).group()


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_postgresql_does_not_order_by_bytes(runtime: Runtime) -> None:
    """So that a query which relies on the order of bytes shows itself."""
    async with runtime.db.reading() as session:
        ordered = await session.execute(
            text("SELECT x FROM unnest(ARRAY['B', 'a', 'A']) AS t(x) ORDER BY x")
        )
        assert ordered.scalars().all() == ["a", "A", "B"]


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_real_servers_stand_behind_one_address(shared_settings: Settings, tmp_path: Path) -> None:
    group = ServerGroup(shared_settings, tmp_path / "servers")
    try:
        for _ in range(2):
            with urllib.request.urlopen(f"{group.url}/healthz", timeout=10) as answer:
                assert answer.status == 200
        first = group.servers[0]
        first.kill()
        first.restart()
    finally:
        group.stop()


def test_redis_comes_back_on_its_port(tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    url = server.url
    server.restart()
    assert server.url == url
    server.stop()


def test_servers_end_with_the_tests_even_when_those_are_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path;"
        "from tests.support.redis_server import RedisServer;"
        "print(RedisServer(Path(sys.argv[1]))._process.pid, flush=True); time.sleep(60)"
    )
    tests = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert tests.stdout is not None
    child = int(tests.stdout.readline())
    assert _lives(child)
    tests.send_signal(signal.SIGKILL)
    tests.wait()
    tests.stdout.close()
    deadline = time.monotonic() + 10
    while _lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(child)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z" and os.path.exists(f"/proc/{pid}")
