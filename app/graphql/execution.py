"""The executable schema: limits before it runs, public errors after it ran."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from app.graphql.errors import public_errors
from app.graphql.limits import MAX_TOKENS, Prepare, make_prepare


class Guard(SchemaExtension):
    """Takes parsing and validation from the cache and lets no raw error out.

    One extension instead of five: each of them costs every request.
    """

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._errors: list[GraphQLError] | None = None
        self._streaming = False

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield
        if not self._streaming:
            _make_public(self.execution_context.result)

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        try:
            prepared = self._prepare(context.query or "")
        except GraphQLError:
            # Strawberry parses once more and reports the syntax error in its own way.
            pass
        else:
            context.graphql_document = prepared.document
            self._errors = prepared.errors
        yield

    def on_validate(self) -> Iterator[None]:
        # An empty list, unlike None, says that validation has been done.
        self.execution_context.pre_execution_errors = self._errors
        yield

    def on_stream_result(self, result: Any) -> Iterator[None]:
        self._streaming = True
        _make_public(result)
        yield


def _make_public(result: Any) -> None:
    if getattr(result, "errors", None):
        result.errors = public_errors(result.errors)


class Schema(strawberry.Schema):
    """Strawberry's schema, quiet: what is worth a log line is logged where it is translated."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        return None


def make_schema(
    query: type,
    mutation: type,
    subscription: type,
    *,
    scalars: dict[object, Any],
    introspection: bool = True,
    execution_context_class: Any = None,
) -> Schema:
    """The schema of these root types, with everything on."""
    found: list[Prepare] = []
    schema = Schema(
        query=query,
        mutation=mutation,
        subscription=subscription,
        extensions=[lambda: Guard(found[0])],
        config=StrawberryConfig(scalar_map=scalars),
        execution_context_class=execution_context_class,
    )
    found.append(make_prepare(schema._schema, introspection=introspection))
    return schema
