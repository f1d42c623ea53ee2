"""The world that is measured: a durable PostgreSQL, Redis, two servers, 500 groups of 30."""

from __future__ import annotations

import asyncio
import random
import subprocess
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.actor import Actor
from app.config import Settings
from app.models import BankingGroup, Role
from app.models.base import new_id
from app.runtime import Runtime, close_runtime, make_runtime
from app.services import people
from app.services.groups import NewGroup, create_group
from app.services.operations.apply import apply_operations
from app.services.operations.types import Operation, RegisterMember
from tests.support.databases import ROOT, migrate
from tests.support.postgresql import PostgreSQL, binaries
from tests.support.redis_server import RedisServer
from tests.support.servers import ServerProcess
from tests.support.settings import settings_for

GROUPS = 500
MEMBERS = 30
SERVED = 40
"""Groups of one officer, as in limit/fair.sql."""
ADMIN = Actor(UUID(int=1), Role.SYSTEM_ADMIN)
PASSWORD = "bench-password-of-no-one"
LIMIT = Path(__file__).parent / "limit"


@dataclass
class Officer:
    """An officer with a token, and the members of the groups served."""

    id: UUID
    phone: str
    members: list[UUID] = field(default_factory=list)
    groups: list[UUID] = field(default_factory=list)
    token: str = ""


class World:
    """Starts on construction; `close` ends all of it."""

    def __init__(self, processes: int = 2) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tablebanking-bench-", dir="/tmp")
        folder = Path(self._folder.name)
        folder.chmod(0o755)
        self.folder = folder
        self.servers: list[ServerProcess] = []
        self.postgresql = PostgreSQL(folder / "postgresql", durable=True)
        self.redis = RedisServer(folder / "redis")
        try:
            self._prepare(folder, processes)
        except BaseException:
            self.close()
            raise

    def _prepare(self, folder: Path, processes: int) -> None:
        self.sql("CREATE DATABASE product", "postgres")
        self.sql("CREATE DATABASE yardstick", "postgres")
        self.settings: Settings = settings_for(
            self.postgresql.url("product"), folder / "data", REDIS_URL=self.redis.url
        )
        asyncio.run(migrate(self.settings))
        self.officers: list[Officer] = []
        asyncio.run(self._fill())
        self.sql("VACUUM ANALYZE", "product")
        for name in ("schema.sql", "func.sql", "fair.sql"):
            self.psql(LIMIT / name)
        self.sql("VACUUM ANALYZE", "yardstick")
        self.servers = [
            ServerProcess(self.settings, folder / "logs", f"server-{number}")
            for number in range(1, processes + 1)
        ]
        self._sign_in()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for server in self.servers:
            server.stop()
        self.redis.stop()
        self.postgresql.stop()
        self._folder.cleanup()

    def sql(self, statement: str, database: str) -> str:
        """What psql prints for the statement."""
        command = [str(binaries() / "psql"), "-qAt", self.postgresql.url(database), "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def psql(self, file: Path) -> None:
        command = [
            str(binaries() / "psql"),
            "-q",
            self.postgresql.url("yardstick"),
            "-f",
            str(file),
        ]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)

    async def _fill(self) -> None:
        runtime = make_runtime(self.settings)
        await runtime.events.start()
        try:
            groups = [await self._group(runtime, number) for number in range(GROUPS)]
            by_group: dict[UUID, list[UUID]] = {}
            for number in range(0, GROUPS, SERVED):
                by_group |= await self._members(runtime, groups[number : number + SERVED])
            for number in range(0, GROUPS, SERVED):
                served = groups[number : number + SERVED]
                officer = await self._officer(runtime, number // SERVED, served)
                officer.members = [member for group in served for member in by_group[group]]
                self.officers.append(officer)
        finally:
            await close_runtime(runtime)

    async def _group(self, runtime: Runtime, number: int) -> UUID:
        async def work(session: AsyncSession) -> BankingGroup:
            new = NewGroup(
                f"Group {number}",
                f"B-{number:04d}",
                "Nairobi",
                "Westlands",
                "Kitisuru",
                "friday",
                "Hall",
            )
            return await create_group(runtime, session, ADMIN, new)

        return (await runtime.db.transact(work)).id

    async def _members(self, runtime: Runtime, groups: list[UUID]) -> dict[UUID, list[UUID]]:
        ids = {group: [new_id() for _ in range(MEMBERS)] for group in groups}
        registrations = [
            RegisterMember(
                group,
                f"Member Number{position} Of{random.randrange(1000)}",
                str(uuid.uuid4().int)[:12],
                "+254712345678",
                id=member,
            )
            for group in groups
            for position, member in enumerate(ids[group])
        ]
        await apply_operations(runtime, [Operation(ADMIN, body) for body in registrations])
        return ids

    async def _officer(self, runtime: Runtime, number: int, groups: list[UUID]) -> Officer:
        phone = f"+2547120000{number:02d}"

        async def work(session: AsyncSession) -> UUID:
            user = await people.create_officer(
                session, runtime, ADMIN, name=f"Officer {number}", phone=phone, password=PASSWORD
            )
            for group in groups:
                await people.assign_officer(
                    session, runtime, ADMIN, officer_id=user.id, group_id=group
                )
            return user.id

        return Officer(await runtime.db.transact(work), phone, groups=groups)

    def _sign_in(self) -> None:
        query = "mutation($i: LoginInput!) { login(input: $i) { accessToken } }"
        for officer in self.officers:
            variables = {"i": {"phone": officer.phone, "password": PASSWORD}}
            answer = httpx.post(
                f"{self.servers[0].url}/graphql", json={"query": query, "variables": variables}
            ).json()
            officer.token = answer["data"]["login"]["accessToken"]
