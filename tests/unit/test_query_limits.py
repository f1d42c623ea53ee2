"""How large a query may be, and that refusing costs little."""

from __future__ import annotations

import re

import pytest
from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    build_schema,
    get_introspection_query,
    parse,
    print_ast,
)

from app.graphql.limits import MAX_ALIASES, MAX_DEPTH, MAX_TOKENS, check_size, make_prepare
from app.resolvers.root import build_schema as build_real_schema
from tests.support.databases import ROOT

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
    # Whoever walked each of the 2^300 ways would never come back.
    assert faults(query)


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


def documents_of(app: str) -> dict[str, str]:
    """Each operation of an app with the fragments it spreads, as its code generator sends it."""
    files = sorted((ROOT / app / "src").rglob("*.graphql"))
    definitions = [one for file in files for one in parse(file.read_text()).definitions]
    fragments = {
        one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)
    }

    def spread(text: str, known: set[str]) -> set[str]:
        for name in set(re.findall(r"\.\.\.\s*(\w+)", text)) & fragments.keys() - known:
            known |= spread(print_ast(fragments[name]), known | {name})
        return known

    return {
        one.name.value: "\n".join(
            [
                print_ast(one),
                *(print_ast(fragments[name]) for name in sorted(spread(print_ast(one), set()))),
            ]
        )
        for one in definitions
        if isinstance(one, OperationDefinitionNode) and one.name is not None
    }


@pytest.mark.parametrize("app", ["web", "pwa"])
def test_what_the_apps_ask_fits(app: str) -> None:
    prepare = make_prepare(build_real_schema()._schema, introspection=True)
    documents = documents_of(app)
    assert documents
    for name, text in documents.items():
        assert prepare(text).errors == [], name
