"""Sees that DATA_DIR holds a whole demo: fills it once, elsewhere, and moves it in when done.

A start that is interrupted leaves a folder that the next one throws away, never a database
that looks full and is not.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection, select
from sqlmodel import col

from alembic import command
from app.config import Settings
from app.db import Database, make_engine
from app.demo.fill import Say, fill
from app.demo.settings import DATABASE
from app.errors import ConfigurationError
from app.models import BankingGroup, User

ROOT = Path(__file__).resolve().parents[2]
FILLING = "filling"
FILES = "files"


@contextmanager
def only_demo_in(data_dir: Path) -> Iterator[None]:
    """Keeps a second demo out of the folder for as long as this one runs."""
    with (data_dir / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ConfigurationError(f"Another demo is running on {data_dir}.") from error
        yield


def prepare(settings: Settings, say: Say) -> bool:
    """Migrates what is there, or makes and fills a database; whether it filled one now."""
    database = settings.data_dir / DATABASE
    if database.exists():
        asyncio.run(_migrate(settings))
        if asyncio.run(_holds_data(settings)):
            return False
        # Closed by now, so its log is empty too: nothing of it may mix with the new file.
        for part in (database, *_log_files(database)):
            part.unlink(missing_ok=True)
    say("Filling the demo with invented groups, people and a year of meetings:")
    folder = settings.data_dir / FILLING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    elsewhere = replace(
        settings, data_dir=folder, database_url=f"sqlite+aiosqlite:///{folder / DATABASE}"
    )
    asyncio.run(_migrate(elsewhere))
    asyncio.run(fill(elsewhere, say))
    _move_in(folder, settings.data_dir)
    return True


def _move_in(folder: Path, data_dir: Path) -> None:
    """Documents first, the database last: with it the demo is whole."""
    if any(part.exists() and part.stat().st_size for part in _log_files(folder / DATABASE)):
        raise AssertionError("the database is not closed")
    for file in sorted((folder / FILES).rglob("*")):
        if file.is_file():
            target = data_dir / FILES / file.relative_to(folder / FILES)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    (folder / DATABASE).replace(data_dir / DATABASE)
    handle = os.open(data_dir, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    shutil.rmtree(folder)


def _log_files(database: Path) -> tuple[Path, Path]:
    return database.with_name(f"{DATABASE}-wal"), database.with_name(f"{DATABASE}-shm")


async def _migrate(settings: Settings) -> None:
    config = Config(ROOT / "alembic.ini")
    engine = make_engine(settings)
    try:
        async with engine.begin() as connection:

            def upgrade(plain: Connection) -> None:
                config.attributes["connection"] = plain
                command.upgrade(config, "head")

            await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


async def _holds_data(settings: Settings) -> bool:
    database = Database(settings)
    try:
        async with database.reading() as session:
            user = await session.execute(select(col(User.id)).limit(1))
            group = await session.execute(select(col(BankingGroup.id)).limit(1))
            return user.first() is not None or group.first() is not None
    finally:
        await database.close()
