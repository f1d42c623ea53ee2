"""A desk to hand bad input in at, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from app.models import Member
from tests.support.api import SYNC, contribute, edit, register
from tests.support.http_api import HttpAnswer, HttpApi
from tests.support.stage import counts

ON_ONE = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
BAD_INPUT = "BAD_INPUT"
MUTATIONS = {
    name: f"mutation M($input: {name[0].upper()}{name[1:]}Input!) "
    f"{{ {name}(input: $input) {{ {got} }} }}"
    for name, got in {
        "recordContribution": "id",
        "registerMember": "id",
        "updateMember": "id",
        "createGroup": "id",
        "trackOfficer": "recordedAt",
    }.items()
}


@dataclass
class Desk:
    """An officer's and an administrator's requests over HTTP."""

    api: HttpApi
    officer: str
    admin: str
    group_id: str
    member: Member
    foreign_member: str
    foreign_group: str
    officer_id: str

    async def ask(self, query: str, token: str | None = None, **variables: Any) -> HttpAnswer:
        return await self.api.execute(query, variables, token or self.officer)

    async def mutate(self, name: str, /, **values: Any) -> HttpAnswer:
        token = self.admin if name == "createGroup" else self.officer
        return await self.ask(MUTATIONS[name], token, input=values)

    async def sync(self, *operations: Any) -> list[dict[str, Any]]:
        answer = await self.ask(SYNC, operations=list(operations))
        assert not answer.errors, answer
        found: list[dict[str, Any]] = answer.data["syncBatch"]["results"]
        return found

    def payment(self, **changes: Any) -> dict[str, Any]:
        values: dict[str, Any] = contribute(self.member.id, "5")["recordContribution"]
        return {**values, **changes}

    def person(self, **changes: Any) -> dict[str, Any]:
        values: dict[str, Any] = register(self.group_id, "31234567")["registerMember"]
        return {**values, **changes}

    def change(self, **changes: Any) -> dict[str, Any]:
        values: dict[str, Any] = edit(self.member.id, 1)["updateMember"]
        return {**values, **changes}


async def make_desk(api: HttpApi) -> Desk:
    make = api.factory
    group, foreign = await make.group(), await make.group()
    officer, admin = await make.officer(group), await make.admin()
    return Desk(
        api,
        (await make.sign_in(officer)).access_token,
        (await make.sign_in(admin)).access_token,
        str(group.id),
        await make.member(group),
        str((await make.member(foreign)).id),
        str(foreign.id),
        str(officer.user_id),
    )


async def refused(desk: Desk, cases: list[tuple[Any, str, str | None, Any]]) -> None:
    """Each case's answer has the code and the field, and no table has changed."""
    before = await counts(desk.api.runtime)
    wrong = []
    for answer_of, code, field, label in cases:
        answer = await answer_of
        if len(answer.errors) != 1 or (answer.code, answer.field) != (code, field):
            wrong.append((label, answer.errors))
    assert wrong == []
    assert await counts(desk.api.runtime) == before
