"""The REST routes: a request becomes a stored operation, its answer plain JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from graphql import ExecutionResult
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.context import RequestContext
from app.errors import BadInput, DomainError, NotFound, Unauthenticated
from app.graphql.errors import internal_error
from app.graphql.execution import Schema
from app.graphql.http import BODY_SECONDS, READ_OR_WRITE, WORK_SECONDS, context_of
from app.graphql.wire import Refused, read_json
from app.rest import STATUS
from app.rest.calling import Call, choose, from_text, prepare, variables_of
from app.rest.openapi import describe
from app.rest.spelling import rest_shape, snake
from app.rest.stored import ENDPOINTS
from app.runtime import Runtime

BROKEN_RULE = 422
"""A rule of the business refuses; 400 is for requests that are no good in themselves."""
BAD_REQUEST = frozenset({"BAD_INPUT"})


def rest_routes(schema: Schema, runtime: Runtime) -> list[Route]:
    """One route a path, the description of them all, and 404 for what is none of them."""
    found: dict[str, dict[str, list[Call]]] = {}
    for stored in ENDPOINTS:
        calls = found.setdefault(stored.path, {}).setdefault(stored.method, [])
        calls.append(prepare(stored, schema._schema))
    together = [calls for methods in found.values() for calls in methods.values()]
    described = orjson.dumps(describe(together, schema._schema))

    async def openapi(_request: Request) -> Response:
        return Response(described, media_type="application/json")

    return [
        *(Route(path, Endpoint(schema, runtime, methods)) for path, methods in found.items()),
        Route("/api/openapi.json", openapi),
        Route("/api/{path:path}", NoSuchPath()),
    ]


class Endpoint:
    """What stands behind one path: the calls of each method."""

    def __init__(
        self, schema: Schema, runtime: Runtime, methods: Mapping[str, Sequence[Call]]
    ) -> None:
        self._schema = schema
        self._runtime = runtime
        self._methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            answer = await self._respond(request)
        except ClientDisconnect:
            return
        await answer(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        calls = self._methods.get(request.method)
        if calls is None:
            return self._other_method()
        try:
            context = await context_of(self._runtime, request)
            if calls[0].stored.signed_in:
                context.require()
            return await self._answer(request, context, calls)
        except Refused as refused:
            answer = _failed([refused.error.formatted], refused.status)
            answer.headers.update(refused.headers)
            return answer
        except DomainError as error:
            return _failed([{"message": error.message, "extensions": error.extensions}])
        except TimeoutError as error:
            return _failed([internal_error(error).formatted], 503)

    def _other_method(self) -> Response:
        allowed = ", ".join(self._methods)
        error = {"message": f"Use {allowed}.", "extensions": {"code": "METHOD_NOT_ALLOWED"}}
        answer = _failed([error])
        answer.headers["Allow"] = allowed
        return answer

    async def _answer(
        self, request: Request, context: RequestContext, calls: Sequence[Call]
    ) -> Response:
        said = await self._said(request, calls[0])
        call = choose(calls, said)
        key = request.headers.get("idempotency-key")
        variables = variables_of(call, said, context.actor, key)
        request.scope.setdefault("state", {})["operation"] = call.name
        async with asyncio.timeout(WORK_SECONDS):
            result = await self._schema.run(
                call.stored.document, variables, None, context, READ_OR_WRITE
            )
        return _answered(call, result)

    async def _said(self, request: Request, call: Call) -> dict[str, Any]:
        """The fields of query and body, and those of the path, which nothing overrides."""
        said: dict[str, Any] = {}
        for name, text in request.query_params.items():
            said[name] = from_text(call, name, text)
        if request.method == "POST":
            async with asyncio.timeout(BODY_SECONDS):
                body = await read_json(request)
            if not isinstance(body, dict):
                raise BadInput("The body must be a JSON object.", field="body")
            said |= body
        for name in request.path_params:
            if name in said:
                raise BadInput("The path says this already.", field=name)
        return said | request.path_params


def _answered(call: Call, result: ExecutionResult) -> Response:
    if result.errors:
        return _failed([error.formatted for error in result.errors])
    found: Any = result.data
    for name in call.stored.answer.split("."):
        found = found[name]
        if found is None:
            raise NotFound(f"There is no such {name}.")
    body = rest_shape(found)
    if call.stored.extra:
        body = {**call.stored.extra, **body}
    return _json(body, call.stored.status)


def _failed(errors: Sequence[Any], status: int | None = None) -> Response:
    """GraphQL's errors, their fields in REST's spelling, under the status of the first."""
    code = errors[0].get("extensions", {}).get("code", "INTERNAL")
    shown = [
        {"message": error["message"], "extensions": _spelled(error.get("extensions", {}))}
        for error in errors
    ]
    known = 400 if code in BAD_REQUEST else STATUS.get(code, BROKEN_RULE)
    answer = _json({"success": False, "errors": shown}, status or known)
    if answer.status_code == STATUS[Unauthenticated.code]:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _spelled(value: Any) -> Any:
    if isinstance(value, list):
        return [_spelled(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: snake(part) if name == "field" and isinstance(part, str) else _spelled(part)
        for name, part in value.items()
    }


def _json(body: Any, status: int) -> Response:
    return Response(
        orjson.dumps(body, default=str),
        status,
        {"Cache-Control": "no-store"},
        media_type="application/json",
    )


class NoSuchPath:
    """For every method: without it the office's app would answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        error = {"message": "There is no such path.", "extensions": {"code": "NOT_FOUND"}}
        await _failed([error])(scope, receive, send)
