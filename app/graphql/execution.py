"""The executable schema: limits before it runs, public errors after it ran."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, cast

import strawberry
from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationType,
    execute,
    get_operation_ast,
)
from strawberry.execution.is_awaitable import optimized_is_awaitable
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


class NotRunnable(Exception):
    """The document has no such operation, or one that may not come this way."""

    def __init__(self, operation_type: OperationType | None) -> None:
        super().__init__(operation_type)
        self.operation_type = operation_type


class Schema(strawberry.Schema):
    """Strawberry's schema, quiet: what is worth a log line is logged where it is translated."""

    prepare: Prepare
    """Parses and validates a query text, from the cache where it came before."""

    async def run(
        self,
        query: str,
        variables: dict[str, Any] | None,
        name: str | None,
        context: Any,
        allowed: Collection[OperationType],
    ) -> ExecutionResult:
        """What `execute` does, for the busiest path: straight from the cache into execution.

        Strawberry's way there opens four context managers for each extension, which costs as
        much as executing a small mutation.
        """
        try:
            prepared = self.prepare(query)
        except GraphQLError as error:
            return ExecutionResult(None, public_errors([error]))
        operation = get_operation_ast(prepared.document, name)
        if operation is None or operation.operation not in allowed:
            raise NotRunnable(operation.operation if operation else None)
        if prepared.errors:
            return ExecutionResult(None, prepared.errors)
        result = execute(
            self._schema,
            prepared.document,
            variable_values=variables,
            operation_name=name,
            context_value=context,
            is_awaitable=cast(Any, optimized_is_awaitable),
            executor_class=self.execution_context_class,
        )
        done = result if isinstance(result, ExecutionResult) else await result
        _make_public(done)
        return done

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
    schema = Schema(
        query=query,
        mutation=mutation,
        subscription=subscription,
        extensions=[lambda: Guard(schema.prepare)],
        config=StrawberryConfig(scalar_map=scalars),
        execution_context_class=execution_context_class,
    )
    schema.prepare = make_prepare(schema._schema, introspection=introspection)
    return schema
