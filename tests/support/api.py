"""Asking the schema as a client does, without a server between: for tests of rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from app import clock
from app.auth.actor import Actor
from app.context import RequestContext
from app.graphql.execution import Schema
from app.models.base import new_id
from app.resolvers.root import build_schema
from app.runtime import Runtime
from tests.support.factories import Person

SYNC = """
mutation Sync($operations: [SyncOperationInput!]!) {
  syncBatch(operations: $operations) {
    results {
      offlineSyncId outcome entityId receiptNumber current
      error { code message field details { code } }
    }
  }
}
"""


@cache
def the_schema() -> Schema:
    """One schema for all tests: it holds nothing of a runtime."""
    return build_schema()


@dataclass(frozen=True)
class Answer:
    """What a client gets."""

    data: dict[str, Any] | None
    errors: Sequence[dict[str, Any]] = field(default=())

    @property
    def code(self) -> str | None:
        """The first error's code; None where there is none."""
        return self.errors[0]["extensions"]["code"] if self.errors else None

    @property
    def field(self) -> str | None:
        return self.errors[0]["extensions"].get("field") if self.errors else None

    def __getitem__(self, name: str) -> Any:
        """A field of an answer that has no error."""
        assert not self.errors, self.errors
        assert self.data is not None
        return self.data[name]


class Api:
    """The schema on one runtime."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    async def ask(self, who: Person | Actor | None, query: str, /, **variables: Any) -> Answer:
        """Executes a query or mutation for `who` (None: nobody is signed in)."""
        actor = who.actor if isinstance(who, Person) else who
        context = RequestContext(self.runtime, actor)
        result: Any = await the_schema().execute(
            query, variable_values=variables, context_value=context
        )
        errors = [error.formatted for error in result.errors or ()]
        return Answer(result.data, errors)

    async def sync(self, who: Person | Actor, *operations: Any) -> list[dict[str, Any]]:
        """The results of one syncBatch."""
        answer = await self.ask(who, SYNC, operations=list(operations))
        found: list[dict[str, Any]] = answer["syncBatch"]["results"]
        return found

    def today(self) -> str:
        return clock.today(self.runtime.settings.timezone).isoformat()


def contribute(member_id: UUID | str, amount: Any = "500.00", **changes: Any) -> dict[str, Any]:
    """An operation of syncBatch: regular savings in cash, unless `changes` say otherwise."""
    values = {
        "memberId": str(member_id),
        "amount": amount,
        "contributionType": "REGULAR",
        "paymentMethod": "CASH",
        "offlineSyncId": str(new_id()),
        **changes,
    }
    return {"recordContribution": values}


def register(group_id: UUID | str, id_number: str, **changes: Any) -> dict[str, Any]:
    """An operation of syncBatch that registers a member."""
    values = {
        "groupId": str(group_id),
        "memberName": "Wanjiku Kamau",
        "idNumber": id_number,
        "phone": "0733 000 111",
        "offlineSyncId": str(new_id()),
        **changes,
    }
    return {"registerMember": values}


def edit(member_id: UUID | str, base_version: int, **changes: Any) -> dict[str, Any]:
    """An operation of syncBatch that edits a member."""
    values = {
        "id": str(member_id),
        "baseVersion": base_version,
        "offlineSyncId": str(new_id()),
        **changes,
    }
    return {"updateMember": values}


def again(operation: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The same operation under the same offlineSyncId, with `changes`."""
    ((kind, values),) = operation.items()
    return {kind: {**values, **changes}}
