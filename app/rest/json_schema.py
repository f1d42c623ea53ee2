"""GraphQL's types as JSON Schema: of what a request may hold, and of what a selection answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    SelectionSetNode,
)

from app.rest.spelling import snake

UUID_TEXT = {"type": "string", "format": "uuid"}
SCALARS: dict[str, dict[str, Any]] = {
    "UUID": UUID_TEXT,
    "Money": {
        "type": "string",
        "pattern": r"^-?\d{1,10}\.\d{2}$",
        "description": "Decimal text with two places.",
        "examples": ["1500.00"],
    },
    "Percent": {"type": "string", "pattern": r"^-?\d+\.\d{2}$", "examples": ["12.00"]},
    "Date": {"type": "string", "format": "date"},
    "DateTime": {"type": "string", "format": "date-time"},
    "Int": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "Float": {"type": "number"},
    "Boolean": {"type": "boolean"},
    "String": {"type": "string"},
    "ID": {"type": "string"},
}
GIVEN_SCALARS = {
    **SCALARS,
    "Money": {
        "oneOf": [{"type": "number"}, {"type": "string"}],
        "description": "At most 12 digits, two of them after the point.",
        "examples": ["1500.00", 1500],
    },
}


def object_of(properties: Mapping[str, Any], required: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    return found | {"required": list(required)} if required else found


def given(kind: Any) -> dict[str, Any]:
    """JSON Schema of a value that a request may hold."""
    if isinstance(kind, GraphQLNonNull):
        return _given_plain(kind.of_type)
    return {"anyOf": [_given_plain(kind), {"type": "null"}]}


def _given_plain(kind: Any) -> dict[str, Any]:
    if isinstance(kind, GraphQLList):
        return {"type": "array", "items": given(kind.of_type)}
    if isinstance(kind, GraphQLInputObjectType):
        fields = {snake(name): field.type for name, field in kind.fields.items()}
        required = [name for name, taken in fields.items() if isinstance(taken, GraphQLNonNull)]
        return object_of({name: given(taken) for name, taken in fields.items()}, required)
    return _leaf(kind, GIVEN_SCALARS)


def _leaf(kind: GraphQLNamedType, scalars: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    if isinstance(kind, GraphQLEnumType):
        return {"type": "string", "enum": list(kind.values)}
    return dict(scalars.get(kind.name, {}))


def selected_field(selected: SelectionSetNode | None, name: str) -> FieldNode:
    assert selected is not None
    return next(node for node in _fields(selected) if node.name.value == name)


def _fields(selected: SelectionSetNode) -> list[FieldNode]:
    return [node for node in selected.selections if isinstance(node, FieldNode)]


def bare(kind: Any) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def _shown(kind: Any, selected: SelectionSetNode | None) -> dict[str, Any]:
    if isinstance(kind, GraphQLNonNull):
        return shown_plain(kind.of_type, selected)
    return {"anyOf": [shown_plain(kind, selected), {"type": "null"}]}


def shown_plain(kind: Any, selected: SelectionSetNode | None) -> dict[str, Any]:
    if isinstance(kind, GraphQLList):
        return {"type": "array", "items": _shown(kind.of_type, selected)}
    if not isinstance(kind, GraphQLObjectType) or selected is None:
        return _leaf(kind, SCALARS)
    nodes = _fields(selected)
    names = [_answer_name(node) for node in nodes]
    if names == ["id"]:
        return dict(UUID_TEXT)
    if "edges" in names:
        return _page(kind, nodes)
    shown = {
        snake(name): _shown(kind.fields[node.name.value].type, node.selection_set)
        for name, node in zip(names, nodes, strict=True)
    }
    return object_of(shown, list(shown))


def _answer_name(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value


def _page(kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> dict[str, Any]:
    edges = next(node for node in nodes if node.name.value == "edges")
    edge = bare(bare(bare(kind.fields["edges"].type).of_type))
    row = selected_field(edges.selection_set, "node")
    shown: dict[str, Any] = {
        "items": {"type": "array", "items": _shown(edge.fields["node"].type, row.selection_set)},
        "next": {"type": ["string", "null"], "description": "For `after`; null on the last page."},
    }
    for node in nodes:
        if node.name.value not in {"edges", "pageInfo"}:
            taken = kind.fields[node.name.value].type
            shown[snake(_answer_name(node))] = _shown(taken, node.selection_set)
    return object_of(shown, list(shown))
