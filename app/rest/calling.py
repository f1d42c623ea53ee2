"""A REST request as the variables of its stored operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    parse,
    type_from_ast,
)

from app.auth.actor import Actor
from app.errors import BadInput, Forbidden
from app.rest.spelling import camel, camel_all, snake
from app.rest.stored import Stored

LONGEST_KEY = 200
KEY = "offlineSyncId"
WORDS = {"true": True, "false": False}


@dataclass(frozen=True)
class Call:
    """A stored operation with the types of what it takes."""

    stored: Stored
    name: str
    """Of the operation, for the log."""
    variables: Mapping[str, GraphQLInputType]
    fields: Mapping[str, GraphQLInputType]
    """Of its `$input`; empty where it takes none."""

    def takes(self) -> dict[str, GraphQLInputType]:
        """All that a request may say, by REST's names."""
        names = {theirs: ours for ours, theirs in self.stored.renamed.items()}
        plain = {name: kind for name, kind in self.variables.items() if name != "input"}
        return {
            names.get(name, snake(name)): kind for name, kind in {**plain, **self.fields}.items()
        }


def prepare(stored: Stored, schema: GraphQLSchema) -> Call:
    """Reads the types of the operation's variables from the schema."""
    (operation,) = parse(stored.document).definitions
    assert isinstance(operation, OperationDefinitionNode)
    variables: dict[str, Any] = {
        node.variable.name.value: type_from_ast(schema, node.type)
        for node in operation.variable_definitions or ()
    }
    fields: dict[str, GraphQLInputType] = {}
    if "input" in variables:
        given = get_named_type(variables["input"])
        assert isinstance(given, GraphQLInputObjectType)
        fields = {name: field.type for name, field in given.fields.items()}
    assert operation.name is not None
    return Call(stored, operation.name.value, variables, fields)


def choose(calls: Sequence[Call], said: Mapping[str, Any]) -> Call:
    """The operation that is meant; BadInput with the field where its choice is none."""
    if len(calls) == 1:
        return calls[0]
    meant = {call.stored.when: call for call in calls if call.stored.when is not None}
    for (name, value), call in meant.items():
        if said.get(name) == value:
            return call
    choices = ", ".join(value for _, value in meant)
    raise BadInput(f"This is one of {choices}.", field=name)


def variables_of(
    call: Call, said: Mapping[str, Any], actor: Actor | None, key: str | None
) -> dict[str, Any]:
    """GraphQL's variables for what the request says; BadInput names a field that is unknown.

    `said` are the path's, the query's and the body's fields together, `key` the header
    Idempotency-Key.
    """
    stored = call.stored
    found: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for name, value in said.items():
        if name in stored.ignored or (stored.when and name == stored.when[0]):
            continue
        if name == stored.caller:
            _is_caller(value, actor, name)
            continue
        inner = stored.renamed.get(name, camel(name))
        if inner in call.fields:
            given[inner] = camel_all(value)
        elif inner in call.variables and inner != "input":
            found[inner] = value
        else:
            raise BadInput("There is no such field here.", field=name)
    if KEY in call.fields:
        _put_key(given, key, actor)
    if "input" in call.variables:
        found["input"] = given
    return found


def from_text(call: Call, name: str, text: str) -> Any:
    """A value of the query string in the type that its variable has."""
    kind = call.variables.get(call.stored.renamed.get(name, camel(name)))
    plain = get_named_type(kind).name if kind is not None else "String"
    if plain == "Int":
        if not text.isascii() or not text.lstrip("-").isdigit() or len(text) > 10:
            raise BadInput("This is not a whole number.", field=name)
        return int(text)
    if plain == "Boolean":
        if text not in WORDS:
            raise BadInput("This is neither true nor false.", field=name)
        return WORDS[text]
    return text


def is_required(kind: GraphQLInputType) -> bool:
    return isinstance(kind, GraphQLNonNull)


def _is_caller(value: Any, actor: Actor | None, name: str) -> None:
    """One may only act in one's own name."""
    if actor is not None and str(value).lower() != str(actor.user_id):
        raise Forbidden(f"{name}: you can do this in your own name only.")


def _put_key(given: dict[str, Any], key: str | None, actor: Actor | None) -> None:
    """The idempotency key: the body's, else the header's.

    Any text will do: what is no UUID becomes one of the caller's own, so that two people who
    count "1, 2, 3" do not meet.
    """
    value = given.get(KEY, key)
    if value is None or actor is None:
        return
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_KEY:
        raise BadInput(f"The key is text of at most {LONGEST_KEY} characters.", field=snake(KEY))
    try:
        given[KEY] = str(UUID(value))
    except ValueError:
        given[KEY] = str(uuid5(actor.user_id, value))
