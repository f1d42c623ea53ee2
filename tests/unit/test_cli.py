"""The command line, run as people run it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import Settings
from app.runtime import Runtime
from tests.support.databases import ROOT
from tests.support.factories import Factory
from tests.support.http_api import running
from tests.support.settings import process_environment

LOGIN = "mutation($i: LoginInput!) { login(input: $i) { user { role assignedGroups { id } } } }"


def run(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=ROOT,
        env=process_environment(settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def aside(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As `run`, beside a server of this process: while the loop stands still, a transaction of
    its worker would keep SQLite from the command for ever."""
    return await asyncio.to_thread(run, settings, *arguments)


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    file = tmp_path / "password"
    file.write_text("jua-kali-1974\n")
    return str(file)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_people_are_made_and_can_sign_in(
    settings: Settings, password_file: str, tmp_path: Path
) -> None:
    entered = {"phone": "0712345678", "password": "jua-kali-1974"}
    who = ["--name", "Otieno", "--phone", "0712345678", "--password-file", password_file]
    async with running(settings) as api:
        group = await api.factory.group()
        assert (
            await aside(settings, "create-user", *who, "--role", "FIELD_OFFICER")
        ).returncode == 0
        assigned = ["--phone", "254712345678", "--group", group.group_code]
        assert (await aside(settings, "assign-officer", *assigned)).returncode == 0
        user = (await api.execute(LOGIN, {"i": entered})).data["login"]["user"]
        assert user == {"role": "FIELD_OFFICER", "assignedGroups": [{"id": str(group.id)}]}
        again = await aside(settings, "create-admin", *who)
        changed = tmp_path / "changed"
        changed.write_text("jua-kali-2026")
        phone = ["--phone", "0712345678"]
        done = await aside(settings, "set-password", *phone, "--password-file", str(changed))
        assert done.returncode == 0
        assert (await api.execute(LOGIN, {"i": entered})).code == "UNAUTHENTICATED"
        entered["password"] = "jua-kali-2026"
        assert not (await api.execute(LOGIN, {"i": entered})).errors
        assert (await aside(settings, "deactivate-user", *phone)).returncode == 0
        assert (await api.execute(LOGIN, {"i": entered})).code == "UNAUTHENTICATED"
        assert (await aside(settings, "deactivate-user", "--phone", "0799000000")).returncode == 1
    assert again.returncode == 1
    assert "already" in again.stderr
    assert "Traceback" not in again.stderr


async def test_verify_books_says_so_when_they_are_whole(
    settings: Settings, runtime: Runtime
) -> None:
    await Factory(runtime).group()
    done = run(settings, "verify-books")
    assert done.returncode == 0
    assert "whole" in done.stdout


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_an_unfit_environment_is_refused_in_words(settings: Settings) -> None:
    environment = {**process_environment(settings), "JWT_SECRET_KEY": ""}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "migrate"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "JWT_SECRET_KEY is missing" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_the_schema_is_printed(settings: Settings) -> None:
    done = run(settings, "schema")
    assert done.returncode == 0
    assert "type Query" in done.stdout


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_who_was_erased_is_listed_and_erased_again_after_a_restore(
    settings: Settings, runtime: Runtime, tmp_path: Path
) -> None:
    make = Factory(runtime)
    member = await make.member(await make.group())
    admin = await make.admin()
    file = tmp_path / "erased.csv"
    file.write_text(f"member_id,reason,erased_at\n{member.id},MEMBER_ASKED,2026-11-01T00:00:00Z\n")
    command = ("erase-again", "--phone", admin.phone, "--list", str(file))
    done = await aside(settings, *command)
    assert (done.returncode, done.stdout[:15]) == (0, "1 erased again,"), done
    listed = await aside(settings, "erased-members")
    assert listed.stdout.splitlines()[1].startswith(f"{member.id},MEMBER_ASKED,")
