"""Databases for tests: migrated once a session, then copied, so a fresh one costs milliseconds."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

import asyncpg
from alembic.config import Config
from sqlalchemy import Connection

from alembic import command
from app.config import Settings
from app.db import make_engine
from tests.support.loops import LoopThread
from tests.support.postgresql import PostgreSQL
from tests.support.settings import settings_for

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "template_tablebanking"


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic as alembic.ini sets it up, on `connection` where one is given."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["connection"] = connection
    return config


async def migrate(settings: Settings, revision: str = "head") -> None:
    """Brings the database of `settings` to `revision`, as `tablebanking migrate` does."""
    engine = make_engine(settings)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(
                lambda plain: command.upgrade(alembic_config(plain), revision)
            )
            await connection.commit()
    finally:
        await engine.dispose()


class PostgreSQLDatabases:
    """Fresh databases of one server, each a copy of a migrated template."""

    def __init__(self, server: PostgreSQL, loop: LoopThread, folder: Path) -> None:
        self._server = server
        self._loop = loop
        self._folder = folder
        self._numbers = count(1)
        self._admin = loop.run(lambda: asyncpg.connect(server.url()))
        self._execute(f"CREATE DATABASE {TEMPLATE}")
        settings = settings_for(server.url(TEMPLATE), folder)
        loop.run(lambda: migrate(settings))

    def fresh(self, data_dir: Path) -> Settings:
        """Settings for a new, migrated database."""
        return self._create(data_dir, TEMPLATE)

    def empty(self, data_dir: Path) -> Settings:
        """Settings for a new database without tables."""
        return self._create(data_dir, "template0")

    def drop(self, settings: Settings) -> None:
        """Removes the database, whoever is still connected."""
        name = settings.database_url.rpartition("/")[2]
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._loop.run(self._admin.close)

    def _create(self, data_dir: Path, template: str) -> Settings:
        name = f"test_{next(self._numbers)}"
        # Copying files beats replaying them through the log, which is PostgreSQL's default.
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return settings_for(self._server.url(name), data_dir)

    def _execute(self, statement: str) -> None:
        self._loop.run(lambda: self._admin.execute(statement))


class SQLiteDatabases:
    """Fresh SQLite files, each a copy of a migrated one."""

    def __init__(self, loop: LoopThread, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        settings = settings_for(f"sqlite:///{self._template}", folder)
        # The last connection to close moves the write-ahead log into the file.
        loop.run(lambda: migrate(settings))

    def fresh(self, data_dir: Path) -> Settings:
        """Settings for a new, migrated database in `data_dir`."""
        settings = self.empty(data_dir)
        shutil.copyfile(self._template, data_dir / "test.sqlite3")
        return settings

    def empty(self, data_dir: Path) -> Settings:
        """Settings for a database in `data_dir` that does not exist yet."""
        return settings_for(f"sqlite:///{data_dir / 'test.sqlite3'}", data_dir)

    def drop(self, settings: Settings) -> None:
        """Nothing to do: the folder goes with the test."""
