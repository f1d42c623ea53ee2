"""Pages of any size, whatever is added meanwhile, show everything that was there once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.models.base import new_id
from app.paging import decode_cursor, encode_cursor
from app.runtime import Runtime
from tests.properties.budget import examples
from tests.support.api import Api
from tests.support.factories import Factory

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)
PAGE = """
query Page($group: UUID!, $first: Int!, $after: String) {
  members(groupId: $group, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } edges { cursor node { id } }
  }
}
"""


@given(TEXT, st.uuids())
def test_a_cursor_gives_back_its_key(name: str, key: UUID) -> None:
    assert decode_cursor(encode_cursor(name, key), str, UUID) == (name, key)


@given(st.integers(0, 2**63 - 1), st.integers(0, 10**4))
def test_a_cursor_of_numbers_gives_back_its_key(sequence: int, line: int) -> None:
    assert decode_cursor(encode_cursor(sequence, line), int, int) == (sequence, line)


@examples(20)
@given(
    names=st.lists(st.sampled_from(["ann", "Ann", "Änn", "Bob", "bob", "Ćiro", "zoe"]), max_size=9),
    late=st.lists(st.sampled_from(["aaa", "Bob", "zzz"]), max_size=2),
    first=st.integers(1, 4),
)
async def test_pages_show_every_member_once_in_order(
    runtime: Runtime, names: list[str], late: list[str], first: int
) -> None:
    make, api = Factory(runtime), Api(runtime)
    make.count_apart()
    group = await make.group(group_code=str(new_id()))
    officer = await make.officer(group)

    async def add(name: str) -> str:
        number = f"Z{new_id().hex[-16:]}"
        return str((await make.member(group, member_name=name, id_number=number)).id)

    there = [await add(name) for name in names]
    coming = list(late)
    seen: list[str] = []
    cursor, more = None, True
    while more:
        answer = await api.ask(officer, PAGE, group=str(group.id), first=first, after=cursor)
        page: dict[str, Any] = answer["members"]
        assert len(page["edges"]) <= first
        seen += [edge["node"]["id"] for edge in page["edges"]]
        cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        if coming:
            await add(coming.pop())
    assert len(seen) == len(set(seen))
    assert set(there) <= set(seen)
