"""Coercion of a phone's operations one by one.

GraphQL refuses a whole request when one variable is malformed; in syncBatch one bad
operation must never block the others. So the list is taken out of the ordinary coercion and
each operation is coerced here against the same schema types; what fails becomes the error of
its own result.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    Undefined,
)

from app.errors import BadInput
from app.services.operations.sheets import UnreadLine

Coercer = Callable[[Any, str], Any]
NO_ID = UUID(int=0)
"""Stands in a result for an offlineSyncId that was missing or no UUID."""


@dataclass(frozen=True, slots=True)
class SentOperation:
    """One element of syncBatch's list: its kind and typed values, or why it is malformed."""

    offline_sync_id: UUID
    kind: str = ""
    values: Mapping[str, Any] | None = None
    error: BadInput | None = None


def snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: "_" + found.group().lower(), name)


def compile_coercer(kind: GraphQLInputType) -> Coercer:
    """A function from a JSON value and the field's name to the typed value; raises BadInput."""
    if isinstance(kind, GraphQLNonNull):
        return _required(compile_coercer(kind.of_type))
    inner = _compile_nullable(kind)
    return lambda value, field: None if value is None else inner(value, field)


def _required(inner: Coercer) -> Coercer:
    def coerce(value: Any, field: str) -> Any:
        if value is None:
            raise BadInput("This must be filled in.", field=field)
        return inner(value, field)

    return coerce


def _compile_nullable(kind: Any) -> Coercer:
    if isinstance(kind, GraphQLList):
        item = compile_coercer(kind.of_type)

        def coerce_list(value: Any, field: str) -> Any:
            values = value if isinstance(value, list) else [value]
            return [item(one, field) for one in values]

        return coerce_list
    if isinstance(kind, GraphQLInputObjectType):
        return _compile_object(kind)
    if isinstance(kind, GraphQLEnumType):
        return _compile_enum(kind)
    return _compile_scalar(kind)


def _compile_enum(kind: GraphQLEnumType) -> Coercer:
    known = {name: item.value for name, item in kind.values.items()}
    listed = ", ".join(known)

    def coerce(value: Any, field: str) -> Any:
        if not isinstance(value, str) or value not in known:
            raise BadInput(f"One of {listed}.", field=field)
        return known[value]

    return coerce


def _compile_scalar(kind: GraphQLScalarType) -> Coercer:
    parse = kind.parse_value

    def coerce(value: Any, field: str) -> Any:
        try:
            return parse(value)
        except (GraphQLError, ValueError, TypeError) as error:
            raise BadInput(str(getattr(error, "message", error)), field=field) from error

    return coerce


def _compile_object(kind: GraphQLInputObjectType) -> Coercer:
    fields = [
        (
            name,
            snake(name),
            compile_coercer(item.type),
            isinstance(item.type, GraphQLNonNull) and item.default_value is Undefined,
        )
        for name, item in kind.fields.items()
    ]
    names = frozenset(kind.fields)

    def coerce(value: Any, field: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise BadInput(f"An object of type {kind.name}.", field=field)
        found: dict[str, Any] = {}
        for name, own_name, inner, required in fields:
            if name in value:
                found[own_name] = inner(value[name], name)
            elif required:
                raise BadInput("This must be filled in.", field=name)
        if len(found) < len(value):
            unknown = next(iter(value.keys() - names), field)
            raise BadInput("There is no such field.", field=str(unknown))
        return found

    return coerce


SHEET = "submitCollectionSheet"


def _compile_sheet(kind: Any) -> Coercer:
    """A collection sheet, whose lines are read one by one: a malformed one blocks no other."""
    sheet = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    whole = compile_coercer(kind)
    lines: Any = sheet.fields["lines"].type
    while isinstance(lines, (GraphQLNonNull, GraphQLList)):
        lines = lines.of_type
    one = compile_coercer(GraphQLNonNull(lines))

    def read(line: Any) -> Any:
        try:
            return one(line, "lines")
        except BadInput as error:
            return UnreadLine(_own_id(line), error)

    def coerce(value: Any, field: str) -> Any:
        sent = value.get("lines") if isinstance(value, dict) else None
        if not isinstance(sent, list):
            return whole(value, field)
        found = whole({**value, "lines": []}, field)
        return {**found, "lines": [read(line) for line in sent]}

    return coerce


class OperationReader:
    """Reads the elements of syncBatch's list against SyncOperationInput."""

    def __init__(self, operation_type: GraphQLInputObjectType) -> None:
        self._kinds = {
            name: (_compile_sheet if name == SHEET else compile_coercer)(item.type)
            for name, item in operation_type.fields.items()
        }

    def read(self, sent: Any) -> SentOperation:
        """The operation, or its BadInput; never raises."""
        try:
            if not isinstance(sent, dict) or len(sent) != 1:
                raise BadInput("Exactly one kind of operation.", field="operations")
            kind, raw = next(iter(sent.items()))
            if kind not in self._kinds or raw is None:
                raise BadInput("There is no such kind of operation.", field="operations")
            values = self._kinds[kind](raw, kind)
            if values.get("offline_sync_id") is None:
                raise BadInput("Every operation has an offlineSyncId.", field="offlineSyncId")
        except BadInput as error:
            return SentOperation(_id_in(sent), error=error)
        return SentOperation(values["offline_sync_id"], kind, values)


def _id_in(sent: Any) -> UUID:
    values = next(iter(sent.values()), None) if isinstance(sent, dict) else None
    return _own_id(values) or NO_ID


def _own_id(values: Any) -> UUID | None:
    found = values.get("offlineSyncId") if isinstance(values, dict) else None
    try:
        return UUID(found) if isinstance(found, str) else None
    except ValueError:
        return None
