"""The exported schema is what the code serves and keeps every promise of the contract."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLSchema, Undefined, build_schema
from graphql.utilities import BreakingChangeType, find_breaking_changes

from tests.access.row import LATER
from tests.access.table import QUERIES, WRITES
from tests.support.api import the_schema
from tests.support.databases import ROOT

NOT_YET = {
    "query": set(),
    "mutation": {
        "requestMpesaPayment",
    },
}
"""What a later issue builds: it stands in the schema and answers NOT_AVAILABLE."""


def contract() -> GraphQLSchema:
    return build_schema((ROOT / "tests" / "contract.graphql").read_text())


def test_the_exported_schema_is_what_the_code_serves() -> None:
    exported = (ROOT / "schema.graphql").read_text().strip()
    assert exported == the_schema().as_str().strip()


def test_nothing_of_the_contract_is_broken() -> None:
    broken = [
        f"{change.type.name}: {change.description}"
        for change in find_breaking_changes(contract(), the_schema()._schema)
    ]
    assert broken == []


def test_defaults_of_the_contract_are_kept() -> None:
    promised, served = contract(), the_schema()._schema
    for name in ("Query", "Mutation", "Subscription", "BankingGroup"):
        there: Any = promised.type_map[name]
        here: Any = served.type_map[name]
        for field, item in there.fields.items():
            for argument, given in item.args.items():
                if given.default_value is not Undefined:
                    found = here.fields[field].args[argument].default_value
                    assert str(found) == str(given.default_value), (name, field, argument)


def test_every_input_the_contract_allows_to_leave_out_may_be_left_out() -> None:
    """find_breaking_changes looks at what is new; this looks at what was optional."""
    promised, served = contract(), the_schema()._schema
    for name, there in promised.type_map.items():
        if not isinstance(there, GraphQLInputObjectType):
            continue
        here: Any = served.type_map[name]
        required = {key for key, item in here.fields.items() if _required(item)}
        allowed = {key for key, item in there.fields.items() if _required(item)}
        assert required <= allowed, name


def _required(item: Any) -> bool:
    return str(item.type).endswith("!") and item.default_value is Undefined


@pytest.mark.parametrize(
    ("sdl", "changed"),
    [
        # Output may be tightened, never loosened; input loosened, never tightened.
        ("type Query { a: String! b(c: Int!): Int }", False),
        ("type Query { a: String b(c: Int): Int }", False),
        ("type Query { a: String b(c: Int!): Int extra: Int }", False),
        ("type Query { a: Int b(c: Int!): Int }", True),
        ("type Query { b(c: Int!): Int }", True),
        ("type Query { a: String b(c: Int!, d: Int!): Int }", True),
    ],
)
def test_the_comparison_knows_which_way_nullability_may_move(sdl: str, changed: bool) -> None:
    base = build_schema("type Query { a: String b(c: Int!): Int }")
    assert bool(find_breaking_changes(base, build_schema(sdl))) == changed


def test_the_comparison_finds_a_loosened_output_and_a_tightened_input() -> None:
    strict = build_schema("type Query { a: String! b(c: Int): Int }")
    loose = build_schema("type Query { a: String b(c: Int!): Int }")
    found = {change.type for change in find_breaking_changes(strict, loose)}
    assert found == {
        BreakingChangeType.FIELD_CHANGED_KIND,
        BreakingChangeType.ARG_CHANGED_KIND,
    }


def test_what_is_not_available_is_exactly_what_is_listed() -> None:
    """The table's rows are executed in tests/access: each answers what stands there."""
    assert {name for name, row in QUERIES.items() if row.officer == LATER} == NOT_YET["query"]
    assert {name for name, row in WRITES.items() if row.officer == LATER} == NOT_YET["mutation"]


def test_what_is_not_available_yet_is_listed_in_the_operations_notes() -> None:
    notes = "\n".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    missing = [name for names in NOT_YET.values() for name in names if name not in notes]
    assert missing == []
