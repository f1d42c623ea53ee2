"""The OpenAPI 3.1 description, read off the stored operations and the schema's own types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from graphql import (
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from app.rest.calling import KEY, LONGEST_KEY, Call
from app.rest.json_schema import UUID_TEXT, bare, given, object_of, selected_field, shown_plain

FAILURES = {
    "400": "A field is wrong; `field` says which.",
    "401": "There is no good token.",
    "403": "The role lacks this verb.",
    "404": "It does not exist, or not for you.",
    "409": "It clashes with what is there already.",
    "413": "The body is too large.",
    "415": "The body is not JSON in UTF-8.",
    "422": "A rule of the group refuses; `code` says which.",
    "429": "Too many requests: wait and try again.",
    "503": "The server is too busy: try again.",
}
ERROR = {
    "type": "object",
    "required": ["success", "errors"],
    "properties": {
        "success": {"const": False},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "extensions"],
                "properties": {
                    "message": {"type": "string"},
                    "extensions": {
                        "type": "object",
                        "required": ["code"],
                        "properties": {
                            "code": {"type": "string"},
                            "field": {"type": "string"},
                            "failures": {"type": "array", "items": {"type": "object"}},
                        },
                    },
                },
            },
        },
    },
}


def describe(endpoints: Sequence[Sequence[Call]], schema: GraphQLSchema) -> dict[str, Any]:
    """The whole document for the endpoints; the calls of one endpoint stand together."""
    paths: dict[str, dict[str, Any]] = {}
    for calls in endpoints:
        stored = calls[0].stored
        paths.setdefault(stored.path, {})[stored.method.lower()] = _operation(calls, schema)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Table banking",
            "version": "1.0.0",
            "description": "The specification's paths, each a stored GraphQL operation. "
            "Whatever these do not cover, `/graphql` does.",
        },
        "paths": paths,
        "components": {
            "schemas": {"Error": ERROR},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
        "security": [{"token": []}],
    }


def _operation(calls: Sequence[Call], schema: GraphQLSchema) -> dict[str, Any]:
    stored = calls[0].stored
    answers = [_answer(call, schema) for call in calls]
    found: dict[str, Any] = {
        "operationId": calls[0].name,
        "tags": [stored.path.split("/")[2]],
        "summary": " ".join(call.stored.summary for call in calls),
        "description": "\n\n".join(f"```graphql\n{call.stored.document}\n```" for call in calls),
        "parameters": _parameters(calls[0]),
        "responses": {
            str(stored.status): {
                "description": "Done.",
                "content": {"application/json": {"schema": _either(answers)}},
            },
            **{status: _failure(words) for status, words in FAILURES.items()},
        },
    }
    if stored.method == "POST":
        body = _either([_body(call) for call in calls])
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if not stored.signed_in:
        found["security"] = []
    return found


def _either(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return found[0] if len(found) == 1 else {"oneOf": list(found)}


def _failure(words: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": words, "content": content}


def _names_in(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def _parameters(call: Call) -> list[dict[str, Any]]:
    stored = call.stored
    in_path = _names_in(stored.path)
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": UUID_TEXT} for name in in_path
    ]
    if stored.method == "GET":
        found += [
            {"name": name, "in": "query", "required": False, "schema": given(kind)}
            for name, kind in call.takes().items()
            if name not in in_path
        ]
    elif KEY in call.fields:
        key = {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY}
        words = "As `offline_sync_id`: the same again is done once."
        found.append(
            {"name": "Idempotency-Key", "in": "header", "schema": key, "description": words}
        )
    return found


def _body(call: Call) -> dict[str, Any]:
    stored = call.stored
    in_path = _names_in(stored.path)
    taken = {name: kind for name, kind in call.takes().items() if name not in in_path}
    properties: dict[str, Any] = {name: given(kind) for name, kind in taken.items()}
    required = [name for name, kind in taken.items() if isinstance(kind, GraphQLNonNull)]
    if stored.when is not None:
        name, value = stored.when
        properties[name] = {"const": value}
        required.append(name)
    if stored.caller is not None and stored.caller not in in_path:
        properties[stored.caller] = UUID_TEXT | {"description": "The caller's own id."}
    for name in stored.ignored:
        properties[name] = {}
    return object_of(properties, required)


def _answer(call: Call, schema: GraphQLSchema) -> dict[str, Any]:
    """JSON Schema of the answer: what the operation selects below the place of the answer."""
    (operation,) = parse(call.stored.document).definitions
    assert isinstance(operation, OperationDefinitionNode)
    kind: Any = schema.get_root_type(operation.operation)
    selected: SelectionSetNode | None = operation.selection_set
    for name in call.stored.answer.split("."):
        node = selected_field(selected, name)
        kind = bare(bare(kind).fields[node.name.value].type)
        selected = node.selection_set
    found = shown_plain(kind, selected)
    if call.stored.extra:
        found["properties"] |= {name: {"const": part} for name, part in call.stored.extra.items()}
        found["required"] = [*found["required"], *call.stored.extra]
    return found
