"""How large a query may be, and that refusing costs little."""

from __future__ import annotations

import time

import pytest
from graphql import GraphQLError, build_schema, get_introspection_query, parse

from app.graphql.limits import MAX_ALIASES, MAX_DEPTH, MAX_TOKENS, check_size, make_prepare
from app.resolvers.root import build_schema as build_real_schema

SCHEMA = build_schema(
    """
    type Query { node: Node, nodes(first: Int = 50): Nodes!, list: [Node!]! }
    type Node { id: ID, node: Node, nodes(first: Int = 50): Nodes!, list: [Node!]! }
    type Nodes { edges: [Edge!]! }
    type Edge { node: Node! }
    """
)


def faults(query: str) -> list[str]:
    return [error.message for error in check_size(SCHEMA, parse(query))]


def nested(depth: int) -> str:
    return "{ node " * (depth - 1) + "{ id }" + " }" * (depth - 1)


def test_depth() -> None:
    assert faults(nested(MAX_DEPTH)) == []
    assert "deep" in faults(nested(MAX_DEPTH + 1))[0]


def test_depth_through_fragments() -> None:
    fragments = [f"fragment F{n} on Node {{ node {{ ...F{n + 1} }} }}" for n in range(MAX_DEPTH)]
    last = f"fragment F{MAX_DEPTH} on Node {{ id }}"
    assert "deep" in faults("{ node { ...F0 } } " + " ".join(fragments) + last)[0]


def test_aliases() -> None:
    def aliased(number: int) -> str:
        return "{ " + " ".join(f"a{n}: node {{ id }}" for n in range(number)) + " }"

    assert faults(aliased(MAX_ALIASES)) == []
    assert "aliases" in faults(aliased(MAX_ALIASES + 1))[0]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("{ nodes(first: 100) { edges { node { id } } } }", True),
        ("{ nodes { edges { node { nodes { edges { node { id } } } } } } }", True),
        ("{ nodes(first: 100) { edges { node { nodes(first: 100) { edges { node { nodes "
         "{ edges { node { id } } } } } } } } } }", False),
        ("query($n: Int) { nodes(first: $n) { edges { node { nodes(first: $n) { edges { node "
         "{ a: id b: id c: id d: id e: id } } } } } } }", True),
        ("query($n: Int) { nodes(first: $n) { edges { node { nodes(first: $n) { edges { node "
         "{ nodes(first: $n) { edges { node { id } } } } } } } } } }", False),
        ("{ list { list { list { list { list { id } } } } } }", True),
        ("{ list { list { list { list { list { list { list { list { list { id } } } } } } } } } }",
         False),
        ("{ nodes(first: 999999999999999999999) { edges { node { id } } } }", False),
    ],
)  # fmt: skip
def test_pages_within_pages(query: str, fits: bool) -> None:
    assert (faults(query) == []) is fits


def test_a_query_that_doubles_in_every_fragment_is_refused_quickly() -> None:
    count = 300
    fragments = [
        f"fragment F{n} on Node {{ a: node {{ id }} ...F{n + 1} ...F{n + 1} }}"
        for n in range(count)
    ]
    query = "{ node { ...F0 } } " + " ".join(fragments) + f" fragment F{count} on Node {{ id }}"
    started = time.perf_counter()
    assert faults(query)
    assert time.perf_counter() - started < 1.0


def test_circles_of_fragments_are_left_to_validation() -> None:
    query = "{ node { ...A } } fragment A on Node { ...B } fragment B on Node { ...A }"
    assert faults(query) == []
    prepared = make_prepare(SCHEMA, introspection=True)(query)
    assert any("Cannot spread fragment" in error.message for error in prepared.errors)


def test_tokens() -> None:
    prepare = make_prepare(SCHEMA, introspection=True)
    prepare("{ " + "__typename " * (MAX_TOKENS // 2) + "}")
    with pytest.raises(GraphQLError, match="tokens"):
        prepare("{ " + "__typename " * MAX_TOKENS + "}")


def test_a_short_text_is_prepared_once_and_a_long_one_is_not_kept() -> None:
    prepare = make_prepare(SCHEMA, introspection=True)
    assert prepare("{ node { id } }") is prepare("{ node { id } }")
    long = "{ node { id } } #" + "x" * 20_000
    assert prepare(long) is not prepare(long)


def test_graphiql_can_introspect_the_real_schema() -> None:
    schema = build_real_schema()._schema
    text = get_introspection_query(descriptions=True, input_value_deprecation=True)
    assert make_prepare(schema, introspection=True)(text).errors == []


def test_what_the_apps_ask_fits() -> None:
    from tests.support.databases import ROOT

    prepare = make_prepare(build_real_schema()._schema, introspection=True)
    files = [*ROOT.glob("web/src/**/*.graphql"), *ROOT.glob("pwa/src/**/*.graphql")]
    assert files
    for folder in {file.parent for file in files}:
        text = "\n".join(file.read_text() for file in files if file.parent == folder)
        assert prepare(text).errors == [], folder
