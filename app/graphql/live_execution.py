"""Executes subscriptions: once for all subscribers who would be told the same.

Two subscribers with the same document, variables and rights get the same bytes for the same
event, so it is executed and encoded once and kept with the batch it came in.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from weakref import WeakValueDictionary

import orjson
from graphql import (
    Executor,
    GraphQLError,
    OperationType,
    create_source_event_stream,
    execute_subscription_event,
    get_operation_ast,
)
from graphql.execution import ExecutionResult

from app.auth.actor import Actor
from app.context import RequestContext
from app.graphql.errors import INTERNAL, public_errors, refusal
from app.graphql.execution import Schema
from app.graphql.limits import Prepared
from app.runtime import Runtime
from app.services.live_streams import Batch, Stream

log = logging.getLogger(__name__)

ATTEMPTS = 3
RETRY_SECONDS = 0.2


class Refused(Exception):
    """The operation does not run; the errors are fit for the client."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


class ExecutionFailed(Exception):
    """An event cannot be shown, for a fault of ours."""


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What a client asks for."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


class Shape:
    """One document with one set of variables; alive while somebody subscribes with it."""

    __slots__ = ("__weakref__",)


class Subscriptions:
    """Opens the subscriptions of a process."""

    def __init__(self, runtime: Runtime, schema: Schema) -> None:
        self.runtime = runtime
        self._schema = schema
        self._shapes: WeakValueDictionary[tuple[str, str | None, bytes], Shape] = (
            WeakValueDictionary()
        )

    def prepare(self, request: GraphQLRequest) -> tuple[Prepared, OperationType]:
        """The checked document and whether it asks, changes or subscribes; or Refused."""
        try:
            prepared = self._schema.prepare(request.query)
        except GraphQLError as error:
            raise Refused(public_errors([error]) or []) from error
        if prepared.errors:
            raise Refused(prepared.errors)
        operation = get_operation_ast(prepared.document, request.operation_name)
        if operation is None:
            raise Refused([refusal("Say which operation is meant.", field="operationName")])
        return prepared, operation.operation

    async def open(
        self, prepared: Prepared, request: GraphQLRequest, context: RequestContext
    ) -> Subscription:
        """Authorises and starts a subscription; Refused where it may not be."""
        executor = Executor.build(
            self._schema._schema,
            prepared.document,
            context_value=context,
            raw_variable_values=request.variables,
            operation_name=request.operation_name,
        )
        if isinstance(executor, list):
            raise Refused(public_errors(executor) or [])
        opened = create_source_event_stream(executor)
        stream = await cast(Any, opened) if executor.is_awaitable(opened) else opened
        if isinstance(stream, ExecutionResult):
            raise Refused(public_errors(stream.errors) or [])
        if not isinstance(stream, Stream):
            raise TypeError("A subscription's resolver returns a Stream.")
        return Subscription(self.runtime, executor, stream, self._shape(request))

    def _shape(self, request: GraphQLRequest) -> Shape:
        variables = orjson.dumps(request.variables or {}, option=orjson.OPT_SORT_KEYS)
        key = (request.query, request.operation_name, variables)
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = Shape()
        return shape


class Subscription:
    """A running subscription: its source, and how an event of it is shown."""

    def __init__(
        self, runtime: Runtime, executor: Executor[Any], stream: Stream[Any], shape: Shape
    ) -> None:
        self.stream = stream
        self._runtime = runtime
        self._executor = executor
        self._shape = shape
        stream.shape = (shape, _viewer(stream.actor))
        stream.make = self._make_all

    async def _make_all(self, batch: Batch[Any]) -> None:
        await self.payloads(batch, batch.items)

    async def payloads(self, batch: Batch[Any], items: Sequence[Any]) -> list[str]:
        """The encoded results of these items of the batch, in their order."""
        actor = self.stream.actor
        made: dict[int, Any] = batch.shared.setdefault((self._shape, _viewer(actor)), {})
        missing = [item for item in items if id(item) not in made]
        if missing:
            task = asyncio.create_task(self._make(missing, actor, made))
            # The subscriber who asked first may be gone when it fails.
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
            made.update((id(item), task) for item in missing)
        for item in items:
            found = made[id(item)]
            if not isinstance(found, str):
                await asyncio.shield(found)
        return [made[id(item)] for item in items]

    async def _make(self, items: Sequence[Any], actor: Actor, made: dict[int, Any]) -> None:
        try:
            encoded = await self._execute(items, actor)
        except BaseException:
            for item in items:
                made.pop(id(item), None)
            raise
        for item, payload in zip(items, encoded, strict=True):
            made[id(item)] = payload

    async def _execute(self, items: Sequence[Any], actor: Actor) -> list[str]:
        for attempt in range(1, ATTEMPTS + 1):
            # A new context each time: what was loaded for earlier events may be old by now.
            context = RequestContext(self._runtime, actor)
            results = await asyncio.gather(*(self._result(item, context) for item in items))
            if not any(_failed(result) for result in results):
                return [orjson.dumps(result).decode() for result in results]
            if attempt < ATTEMPTS:
                await asyncio.sleep(RETRY_SECONDS * attempt)
        raise ExecutionFailed

    async def _result(self, item: Any, context: RequestContext) -> dict[str, Any]:
        executor = self._executor.build_per_event_executor(item)
        executor.context_value = context
        result = execute_subscription_event(executor)
        if executor.is_awaitable(result):
            result = await cast(Any, result)
        return formatted(cast(Any, result))


def formatted(result: Any) -> dict[str, Any]:
    """The payload of a `next` message."""
    payload: dict[str, Any] = {"data": result.data}
    if result.errors:
        payload["errors"] = [error.formatted for error in public_errors(result.errors) or []]
    return payload


def _failed(payload: dict[str, Any]) -> bool:
    return any(error["extensions"]["code"] == INTERNAL for error in payload.get("errors", ()))


def _viewer(actor: Actor) -> Any:
    """Who would be told the same: administrators see all, anybody else sees their own part."""
    return "admin" if actor.is_admin else actor.user_id
