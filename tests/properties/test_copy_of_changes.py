"""A copy that is kept by changes() alone is the server's state, from any cursor on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from app.models import BankingGroup, Contribution, Member, OfficerAssignment
from app.models.base import new_id
from app.runtime import Runtime
from app.services.people import assign_officer
from tests.properties.budget import examples
from tests.support.api import Api, contribute, edit, register
from tests.support.factories import Factory, Person
from tests.support.stage import unassign

GROUPS = 3
CHANGES = """
query Changes($since: String, $first: Int) { changes(since: $since, first: $first) {
  cursor hasMore deletedIds
  groups { id bookHead { sequence } }
  members { id version memberName isActive group { id } }
  contributions { id amount member { id } }
} }
"""
GROUP = st.integers(0, GROUPS - 1)
STEP = st.one_of(
    st.tuples(st.just("register"), GROUP),
    st.tuples(st.just("pay"), GROUP, st.integers(1, 10**6)),
    st.tuples(st.just("pay"), GROUP, st.integers(1, 10**6)),
    st.tuples(st.just("edit"), GROUP, st.integers(0, 5)),
    st.tuples(st.just("leave"), GROUP, st.integers(0, 5)),
    st.tuples(st.just("assign"), GROUP),
    st.tuples(st.just("unassign"), GROUP),
    st.tuples(st.just("pull"), st.integers(1, 4)),
    st.tuples(st.just("pull"), st.just(500)),
    st.tuples(st.just("pull one page"), st.integers(1, 3)),
)


@dataclass
class Copy:
    """A phone's copy and its cursor."""

    cursor: str | None = None
    groups: dict[str, Any] = field(default_factory=dict)
    members: dict[str, Any] = field(default_factory=dict)
    contributions: dict[str, Any] = field(default_factory=dict)

    async def pull(self, api: Api, officer: Person, first: int, *, one_page: bool = False) -> None:
        more = True
        while more:
            found = (await api.ask(officer, CHANGES, since=self.cursor, first=first))["changes"]
            self._take(found)
            more = found["hasMore"] and not one_page

    def _take(self, found: dict[str, Any]) -> None:
        gone = set(found["deletedIds"])
        for kept in (self.groups, self.members):
            for key in gone & kept.keys():
                del kept[key]
        self.contributions = {
            key: item
            for key, item in self.contributions.items()
            if item["member"]["id"] not in gone
        }
        self.groups |= {item["id"]: item for item in found["groups"]}
        self.members |= {item["id"]: item for item in found["members"]}
        self.contributions |= {item["id"]: item for item in found["contributions"]}
        self.cursor = found["cursor"]


@dataclass
class Server:
    """Three groups that an administrator works in, and an officer who serves some of them."""

    api: Api
    groups: list[BankingGroup]
    officer: Person
    admin: Person
    members: list[list[str]]

    async def do(self, kind: str, group: int, value: int = 0) -> None:
        group_id, known = self.groups[group].id, self.members[group]
        if kind == "register":
            member_id = str(new_id())
            known.append(member_id)
            number = f"Y{new_id().hex[-16:]}"
            await self.api.sync(self.admin, register(group_id, number, id=member_id))
        elif kind == "assign":
            await self._assign(group_id)
        elif kind == "unassign":
            if await self._serves(group_id):
                await unassign(self.api.runtime, self.officer, group_id)
        elif known:
            member_id = known[value % len(known)]
            operation = {
                "pay": contribute(member_id, f"{value // 100}.{value % 100:02d}"),
                "edit": edit(member_id, 1, memberName=f"Name {value} {new_id().hex[-4:]}"),
                "leave": edit(member_id, 1, isActive=False),
            }[kind]
            await self.api.sync(self.admin, operation)

    async def _serves(self, group_id: Any) -> bool:
        async with self.api.runtime.db.reading() as session:
            rows = await session.execute(
                select(OfficerAssignment).where(
                    col(OfficerAssignment.officer_id) == self.officer.user_id,
                    col(OfficerAssignment.group_id) == group_id,
                    col(OfficerAssignment.removed_at).is_(None),
                )
            )
            return rows.first() is not None

    async def _assign(self, group_id: Any) -> None:
        async def work(session: Any) -> None:
            await assign_officer(
                session,
                self.api.runtime,
                None,
                officer_id=self.officer.user_id,
                group_id=group_id,
            )

        await self.api.runtime.db.transact(work)

    async def state(self) -> tuple[dict[str, int], dict[str, Any], dict[str, int]]:
        """What the officer may see, read from the tables."""
        async with self.api.runtime.db.reading() as session:
            served = [group.id for group in self.groups if await self._serves(group.id)]
            groups = await session.execute(
                select(BankingGroup).where(col(BankingGroup.id).in_(served))
            )
            members = await session.execute(select(Member).where(col(Member.group_id).in_(served)))
            paid = await session.execute(
                select(Contribution).where(col(Contribution.group_id).in_(served))
            )
            return (
                {str(row.id): row.book_sequence for row in groups.scalars()},
                {
                    str(row.id): (row.version, row.member_name, row.is_active)
                    for row in members.scalars()
                },
                {str(row.id): row.amount for row in paid.scalars()},
            )


def seen(copy: Copy) -> tuple[dict[str, int], dict[str, Any], dict[str, int]]:
    """The copy in the form of `Server.state`."""
    return (
        {key: item["bookHead"]["sequence"] for key, item in copy.groups.items()},
        {
            key: (item["version"], item["memberName"], item["isActive"])
            for key, item in copy.members.items()
        },
        {key: int(item["amount"].replace(".", "")) for key, item in copy.contributions.items()},
    )


async def make_server(runtime: Runtime) -> Server:
    make = Factory(runtime)
    make.count_apart()
    groups = [await make.group(group_code=str(new_id()), change_sequence=1) for _ in range(GROUPS)]
    officer, admin = await make.officer(groups[0]), await make.admin()
    return Server(Api(runtime), groups, officer, admin, [[] for _ in groups])


@examples(25)
@given(steps=st.lists(STEP, min_size=3, max_size=30))
async def test_pages_from_any_cursor_make_a_correct_copy(
    runtime: Runtime, steps: list[tuple[Any, ...]]
) -> None:
    server = await make_server(runtime)
    copy = Copy()
    for kind, *values in steps:
        if kind.startswith("pull"):
            one_page = kind == "pull one page"
            await copy.pull(server.api, server.officer, values[0], one_page=one_page)
            if not one_page:
                assert seen(copy) == await server.state()
        else:
            await server.do(kind, *values)
    await copy.pull(server.api, server.officer, 3)
    assert seen(copy) == await server.state()
    fresh = Copy()
    await fresh.pull(server.api, server.officer, 500)
    assert seen(fresh) == seen(copy)
