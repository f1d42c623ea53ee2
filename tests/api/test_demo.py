"""`tablebanking demo`: whole, believable, the same on a second start, never half-filled.

The folder under test is the hard case: a first start in it was killed while it filled.
"""

from __future__ import annotations

import asyncio
import random
import signal
import socket
import sys
import urllib.request
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.error import URLError
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from app import clock
from app.auth.access import visible_group_ids
from app.auth.actor import Actor
from app.config import Settings
from app.demo import prepare as preparing
from app.demo.groups import GROUPS
from app.demo.history import make_history
from app.demo.live import move_once
from app.demo.members import make_members
from app.demo.prepare import only_demo_in, prepare
from app.demo.serve import listen_at, welcome
from app.demo.settings import DATABASE, SECRETS, demo_settings
from app.demo.staff import OFFICERS, create_admin
from app.errors import ConfigurationError
from app.models import (
    ActivityType,
    Attendance,
    BankingGroup,
    Contribution,
    ContributionType,
    Document,
    FineCharge,
    GroupOfficial,
    JournalEntry,
    Loan,
    LoanStatus,
    LoanType,
    Meeting,
    Member,
    OfficerLocation,
    OfficerPing,
    PaymentMethod,
    Repayment,
    ReviewItem,
    Role,
    User,
)
from app.places import match_place
from app.runtime import Runtime, close_runtime, make_runtime
from app.services import sessions
from app.services.documents import read_document
from app.services.groups import DAYS
from app.services.ledger_check import verify_books
from app.services.member_privacy import open_member
from tests.support.databases import ROOT
from tests.support.processes import Process, free_port, listens
from tests.support.settings import environment_of, settings_for

LOGINS = (
    ("254700000001", "demo-admin", Role.SYSTEM_ADMIN),
    ("254700000002", "demo-officer", Role.FIELD_OFFICER),
    ("254700000003", "demo-chair", Role.GROUP_CHAIR),
    ("254700000004", "demo-committee", Role.GROUP_COMMITTEE),
    ("254700000005", "demo-committee", Role.GROUP_COMMITTEE),
)


def start_demo(data_dir: Path, port: int) -> Process:
    plain = {"PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"}
    return Process(
        [sys.executable, "-m", "app.demo"],
        data_dir.with_suffix(".log"),
        env={**plain, "DATA_DIR": str(data_dir), "PORT": str(port)},
        cwd=ROOT,
    )


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """What the filling said."""
    return []


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> Settings:
    """A demo whose first start was killed half-way, and whose second start filled it."""
    data_dir = tmp_path_factory.mktemp("demo") / "data"
    first = start_demo(data_dir, free_port())
    first.wait_until(lambda: "contributions" in first.output, seconds=120)
    first.kill()
    assert not (data_dir / DATABASE).exists()
    assert (data_dir / "filling" / DATABASE).exists()
    settings = demo_settings({"DATA_DIR": str(data_dir)}).server
    assert prepare(settings, lines.append) is True
    assert not (data_dir / "filling").exists()
    return settings


@pytest.fixture
async def demo(filled: Settings) -> AsyncIterator[Runtime]:
    runtime = make_runtime(filled)
    await runtime.events.start()
    yield runtime
    await close_runtime(runtime)


async def count(runtime: Runtime, model: type[SQLModel]) -> int:
    async with runtime.db.reading() as session:
        return int((await session.execute(select(func.count()).select_from(model))).scalar_one())


async def every(runtime: Runtime, model: type[SQLModel]) -> list[SQLModel]:
    async with runtime.db.reading() as session:
        return list((await session.execute(select(model))).scalars())


async def test_its_groups_are_in_real_places(demo: Runtime, lines: list[str]) -> None:
    groups = await every(demo, BankingGroup)
    assert len(groups) >= 8
    assert len({group.county for group in groups}) >= 5
    for group in groups:
        place = (group.county, group.constituency, group.ward)
        assert match_place(*place) == place
        assert -4.7 < group.latitude < 4.7
        assert 33.9 < group.longitude < 41.9
    assert f"{len(groups)} groups" in lines[1]


async def test_its_members_are_complete_and_different_people(demo: Runtime) -> None:
    members = await every(demo, Member)
    assert len(members) >= 150
    opened = [open_member(demo.keys, member) for member in members]
    assert len({one.phone for one in opened}) == len(members)
    assert len({one.id_number for one in opened}) == len(members)
    assert len({member.member_name for member in members}) == len(members)
    today = clock.today(demo.settings.timezone)
    for one in opened:
        assert one.next_of_kin
        assert one.date_of_birth is not None
        assert timedelta(days=18 * 365) < today - one.date_of_birth < timedelta(days=80 * 365)
    assert Counter(member.is_active for member in members)[False] == 1


async def test_it_has_a_year_of_meetings_on_the_groups_day(demo: Runtime) -> None:
    today = clock.today(demo.settings.timezone)
    groups = {group.id: group for group in await every(demo, BankingGroup)}
    paid = await every(demo, Contribution)
    days = [one.contribution_date for one in paid]
    assert today - min(days) > timedelta(days=350)
    assert timedelta(0) <= today - max(days) < timedelta(days=7)
    assert {one.contribution_type for one in paid} == {kind.value for kind in ContributionType}
    methods = Counter(one.payment_method for one in paid)
    assert methods[PaymentMethod.CASH.value] > 0.7 * len(paid)
    assert methods[PaymentMethod.MPESA.value] > 300
    assert methods[PaymentMethod.BANK.value] > 30
    codes = [one.transaction_id for one in paid if one.payment_method == PaymentMethod.MPESA.value]
    assert all(code and len(code) == 10 for code in codes)
    assert len(set(codes)) == len(codes)
    for one in paid:
        assert DAYS[one.contribution_date.weekday()] == groups[one.group_id].meeting_day
    months: defaultdict[object, set[tuple[int, int]]] = defaultdict(set)
    for one in paid:
        if one.contribution_type == ContributionType.REGULAR.value:
            months[one.member_id].add((one.contribution_date.year, one.contribution_date.month))
    # Most save month after month, and some do not.
    steady = sum(len(saved) >= 11 for saved in months.values())
    assert steady > len(months) / 3
    assert any(len(saved) < 9 for saved in months.values())


async def test_its_books_verify(demo: Runtime) -> None:
    found = await verify_books(demo)
    assert not found.problems
    assert found.groups == len(GROUPS)
    paid_out = [loan for loan in await every(demo, Loan) if loan.disbursed_on]
    repaid = await every(demo, Repayment)
    waiting = await every(demo, ReviewItem)
    posted = [item for item in waiting if item.kind in ("HELD_CASH", "VARIANCE")]
    in_the_books = await count(demo, Contribution) + len(posted)
    assert found.entries == in_the_books + len(paid_out) + len(repaid)


async def test_its_groups_have_officials_who_are_members(demo: Runtime) -> None:
    held: defaultdict[UUID, list[str]] = defaultdict(list)
    members = {row.id: row for row in await every(demo, Member)}
    for row in await every(demo, GroupOfficial):
        assert members[row.member_id].group_id == row.group_id
        assert members[row.member_id].is_active
        held[row.group_id].append(row.office)
    assert len(held) == len(GROUPS)
    assert {tuple(sorted(offices)) for offices in held.values()} == {
        ("CHAIR", "COMMITTEE", "SECRETARY", "TREASURER")
    }


async def test_its_latest_meetings_were_held_with_the_app(demo: Runtime) -> None:
    meetings = await every(demo, Meeting)
    assert {meeting.group_id for meeting in meetings} == {
        group.id for group in await every(demo, BankingGroup)
    }
    stages = Counter(meeting.status for meeting in meetings)
    assert set(stages) == {"CLOSED", "CONFIRMED"}
    assert stages["CLOSED"] == len(GROUPS)
    assert any(meeting.variance for meeting in meetings)
    assert all(meeting.variance_note for meeting in meetings if meeting.variance)
    assert {row.status for row in await every(demo, Attendance)} >= {"PRESENT", "ABSENT"}


async def test_it_lends_at_every_stage(demo: Runtime) -> None:
    loans = await every(demo, Loan)
    assert {loan.loan_type for loan in loans} == {kind.value for kind in LoanType}
    stages = Counter(loan.status for loan in loans)
    lent = set(stages) - {LoanStatus.WRITTEN_OFF.value}
    assert lent == {"PENDING", "APPROVED", "REJECTED", "DISBURSED", "COMPLETED"}
    assert min(stages.values()) >= len(GROUPS) // 2
    assert len({loan.group_id for loan in loans}) == len(GROUPS)
    fined = [charge for charge in await every(demo, FineCharge) if charge.loan_id]
    assert len(fined) >= len(GROUPS) // 2


async def test_some_money_waits_to_be_placed(demo: Runtime) -> None:
    items = [item for item in await every(demo, ReviewItem) if item.kind == "HELD_CASH"]
    reasons = Counter(item.reason for item in items)
    assert set(reasons) == {
        "MEMBER_LEFT",
        "UNKNOWN_MEMBER",
        "DATE_IN_FUTURE",
        "OFFICER_UNASSIGNED",
    }


async def test_everyone_signs_in(demo: Runtime) -> None:
    groups = {}
    for phone, password, role in LOGINS:
        found = await sessions.login(demo, phone=phone, password=password, address="127.0.0.1")
        assert found.actor.role is role
        async with demo.db.reading() as session:
            groups[phone] = set(await visible_group_ids(session, found.actor))
    assert len(groups["254700000001"]) == len(GROUPS)
    assert len(groups["254700000002"]) == 3
    assert len(groups["254700000003"]) == 1
    assert groups["254700000003"] == groups["254700000004"] == groups["254700000005"]
    assert groups["254700000003"] < groups["254700000002"]
    linked = [user for user in await every(demo, User) if user.group_id]
    assert all(user.member_id for user in linked)
    screen = welcome(demo.settings)
    assert all(f"{phone}  {password}" in screen for phone, password, _ in LOGINS)


async def test_a_few_members_papers_are_drawn(demo: Runtime) -> None:
    documents = await every(demo, Document)
    kinds = Counter(document.kind for document in documents)
    assert set(kinds) == {"ID_FRONT", "ID_BACK", "PHOTO", "SIGNATURE"}
    admin = next(user for user in await every(demo, User) if user.role == Role.SYSTEM_ADMIN)
    for document in documents:
        async with demo.db.reading() as session:
            _, content = await read_document(
                demo, session, Actor(admin.id, Role.SYSTEM_ADMIN), document.id
            )
        assert content.startswith(b"\xff\xd8")


async def test_officers_have_been_on_their_way(demo: Runtime) -> None:
    tracks: defaultdict[object, list[OfficerPing]] = defaultdict(list)
    for ping in await every(demo, OfficerPing):
        tracks[ping.officer_id].append(ping)
    assert len(tracks) == len(OFFICERS) >= 4
    now, zone = clock.now(), demo.settings.timezone
    silent = 0
    for track in tracks.values():
        track.sort(key=lambda ping: ping.recorded_at)
        assert len({ping.recorded_at.astimezone(zone).date() for ping in track}) >= 5
        assert len({ping.activity_type for ping in track} - {ActivityType.OTHER.value}) >= 3
        age = now - track[-1].recorded_at
        assert age < timedelta(hours=4)
        silent += age > timedelta(hours=3)
        for before, after in pairwise(track):
            apart = after.recorded_at - before.recorded_at
            degrees = abs(after.latitude - before.latitude) + abs(
                after.longitude - before.longitude
            )
            # Nobody rides faster than 60 km/h.
            if apart <= timedelta(minutes=5):
                assert degrees * 111 < apart.total_seconds() / 60 + 0.1
    assert silent == 1


async def test_a_battery_runs_down_over_the_day(demo: Runtime) -> None:
    zone = demo.settings.timezone
    levels: defaultdict[object, list[tuple[object, int]]] = defaultdict(list)
    for ping in await every(demo, OfficerPing):
        local = ping.recorded_at.astimezone(zone)
        if 8 <= local.hour < 17 and ping.battery_level is not None:
            levels[ping.officer_id, local.date()].append((local, ping.battery_level))
    for of_day in levels.values():
        found = [level for _, level in sorted(of_day, key=lambda one: str(one[0]))]
        assert found == sorted(found, reverse=True)


async def test_live_officers_move_and_no_money_does(demo: Runtime) -> None:
    before = {row.officer_id: row.recorded_at for row in await every(demo, OfficerLocation)}
    entries = await count(demo, JournalEntry)
    assert await move_once(demo) == len(OFFICERS) - 2
    after = {row.officer_id: row.recorded_at for row in await every(demo, OfficerLocation)}
    moved = {officer for officer in after if after[officer] > before[officer]}
    assert len(moved) == len(OFFICERS) - 2
    signed_in = demo.keys.blind_index("phone", "+254700000002")
    officer = next(user for user in await every(demo, User) if user.phone_index == signed_in)
    assert officer.id not in moved
    assert await count(demo, JournalEntry) == entries


def test_a_second_start_keeps_the_data_and_serves_it(filled: Settings) -> None:
    secrets = filled.data_dir / SECRETS
    assert secrets.stat().st_mode & 0o777 == 0o600
    kept = secrets.read_bytes()
    said: list[str] = []
    assert prepare(filled, said.append) is False
    assert said == []
    port = free_port()
    process = start_demo(filled.data_dir, port)
    try:
        process.wait_until(lambda: answers(port), seconds=120)
        assert f"http://localhost:{port}/field/" in process.output
        assert "already" in process.output
        with pytest.raises(ConfigurationError, match="Another demo"), only_demo_in(filled.data_dir):
            pass
    finally:
        code = process.stop(20)
    assert code in (0, -signal.SIGTERM)
    assert not listens(port)
    assert secrets.read_bytes() == kept


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def test_an_empty_database_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Path] = []

    async def admin_only(settings: Settings, _say: object) -> None:
        calls.append(settings.data_dir)
        runtime = make_runtime(settings)
        await runtime.events.start()
        await create_admin(runtime)
        await close_runtime(runtime)

    monkeypatch.setattr(preparing, "fill", admin_only)
    settings = settings_for(f"sqlite:///{tmp_path / DATABASE}", tmp_path)
    # What `tablebanking migrate` would have left there.
    asyncio.run(preparing._migrate(settings))
    assert prepare(settings, lambda _line: None) is True
    assert prepare(settings, lambda _line: None) is False
    assert calls == [tmp_path / "filling"]


def test_a_fill_that_fails_leaves_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_settings: Settings, _say: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(preparing, "fill", fails)
    settings = settings_for(f"sqlite:///{tmp_path / DATABASE}", tmp_path)
    with pytest.raises(RuntimeError, match="power cut"):
        prepare(settings, lambda _line: None)
    assert not (tmp_path / DATABASE).exists()


def test_the_same_day_gives_the_same_history(filled: Settings) -> None:
    today = clock.today(filled.timezone)

    def draw() -> list[object]:
        rng = random.Random("any")
        members = make_members(rng, today, filled.timezone)
        return [
            (one.member.id, one.at, one.kind, one.shillings, one.reference)
            for one in make_history(rng, members, today, filled.timezone)
        ]

    assert draw() == draw()


def test_it_never_touches_a_real_deployment(tmp_path: Path) -> None:
    real = settings_for("postgresql://books@db/books", tmp_path)
    environment = {
        **environment_of(real),
        "REDIS_URL": "redis://cache",
        "S3_BUCKET": "papers",
        "DEMO_LIVE": "off",
    }
    demo = demo_settings(environment, port=8123)
    assert demo.server.database_url == f"sqlite+aiosqlite:///{tmp_path / DATABASE}"
    assert demo.server.redis_url is None
    assert demo.server.s3_bucket is None
    assert demo.server.environment == "demo"
    assert demo.server.secret_key != real.secret_key
    assert demo.server.port == 8123
    assert demo.live is False


def test_it_says_what_stands_in_its_way(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="DEMO_LIVE"):
        demo_settings({"DATA_DIR": str(tmp_path), "DEMO_LIVE": "yes"})
    (tmp_path / DATABASE).write_bytes(b"")
    with pytest.raises(ConfigurationError, match=SECRETS):
        demo_settings({"DATA_DIR": str(tmp_path)})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Port {port} is in use"):
            listen_at("127.0.0.1", port)
