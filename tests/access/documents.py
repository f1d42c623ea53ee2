"""Documents that ask a root field for everything it can give, however the schema grows."""

from __future__ import annotations

import re

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from app.graphql.limits import MAX_TOKENS

DEEPEST = 5
ROWS = 2
"""How many rows a nested list is asked for: few, so that the widest query stays within limits."""
ROOT_ROWS = 10
TOKENS = re.compile(r"\w+|[^\s\w,]")


def everything(operation: str, name: str, field: GraphQLField, given: frozenset[str]) -> str:
    """A document with the field's arguments in `given` as variables and all it can select, to the
    depth that the server's limit of tokens lets through."""
    for deepest in range(DEEPEST, 1, -1):
        found = _document(operation, name, field, given, deepest)
        if len(TOKENS.findall(found)) < MAX_TOKENS:
            return found
    raise AssertionError(f"{name} has more fields than a document may name")


def _document(
    operation: str, name: str, field: GraphQLField, given: frozenset[str], deepest: int
) -> str:
    arguments = {key: item for key, item in field.args.items() if key in given}
    declared = ", ".join(f"${key}: {item.type}" for key, item in arguments.items())
    values = [f"{key}: ${key}" for key in arguments]
    if "first" in field.args:
        values.append(f"first: {ROOT_ROWS}")
    passed = ", ".join(values)
    head = f"{operation} Everything({declared})" if declared else f"{operation} Everything"
    call = f"{name}({passed})" if passed else name
    return f"{head} {{ {call}{selection(field, (), deepest)} }}"


def selection(field: GraphQLField, path: tuple[str, ...], deepest: int = DEEPEST) -> str:
    """The selection set below a field: every field of every type, none twice on a path."""
    kind = get_named_type(field.type)
    if is_leaf_type(kind):
        return ""
    if not isinstance(kind, GraphQLObjectType):
        raise TypeError(f"{kind.name} is neither an object nor a leaf: teach this function")
    parts = [
        f"{name}{_paged(item)}{selection(item, (*path, kind.name), deepest)}"
        for name, item in kind.fields.items()
        if _goes_on(item, (*path, kind.name), deepest)
    ]
    return f" {{ __typename {' '.join(parts)} }}"


def _goes_on(field: GraphQLField, path: tuple[str, ...], deepest: int) -> bool:
    if any(is_required_argument(item) for item in field.args.values()):
        raise TypeError("a nested field with a required argument: teach this function")
    kind = get_named_type(field.type)
    return is_leaf_type(kind) or (kind.name not in path and len(path) < deepest)


def _paged(field: GraphQLField) -> str:
    return f"(first: {ROWS})" if "first" in field.args else ""
