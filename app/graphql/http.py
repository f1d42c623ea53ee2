"""The GraphQL endpoint over HTTP, by the GraphQL-over-HTTP specification.

Strawberry's own view is not used: nearly every step differs (media types, statuses, sizes,
origins, errors), and what is left here is what each request has to pay for.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.auth.authenticate import authenticate, bearer_token
from app.config import Settings
from app.context import RequestContext
from app.errors import Unauthenticated
from app.graphql.errors import internal_error, public_errors, refusal
from app.graphql.execution import NotRunnable, Schema
from app.graphql.flat import FlatMutations
from app.graphql.wire import (
    PLAIN_JSON,
    RESPONSE_JSON,
    Operation,
    Refused,
    negotiate,
    origin_allowed,
    read_body,
    read_query,
)
from app.pages import GRAPHIQL_CSP, missing_page
from app.runtime import Runtime

BODY_SECONDS = 120.0
"""Patience for a phone on a slow line."""
WORK_SECONDS = 60.0
SHORTEST_COMPRESSED = 1_400
"""What fits into one packet is not worth the work."""
READ_ONLY = frozenset({OperationType.QUERY})
READ_OR_WRITE = frozenset({OperationType.QUERY, OperationType.MUTATION})
log = logging.getLogger(__name__)


def allowed_origins(settings: Settings) -> frozenset[str]:
    """Whose pages may call: the deployment's own, and those that ALLOWED_ORIGINS names."""
    return frozenset({settings.public_url.rstrip("/"), *settings.allowed_origins})


async def context_of(runtime: Runtime, request: Request) -> RequestContext:
    """Who is asking. A bad token is like none, and those who need one are told why."""
    context = RequestContext(runtime, None, request)
    token = bearer_token(request.headers.get("authorization"))
    if token is not None:
        try:
            context.actor = await authenticate(runtime, token)
        except Unauthenticated as failure:
            context.failure = failure
    return context


class GraphQLEndpoint:
    """An ASGI application for the route /graphql."""

    def __init__(self, schema: Schema, runtime: Runtime, graphiql: Path) -> None:
        self._schema = schema
        self._flat = FlatMutations(schema)
        self._runtime = runtime
        self._graphiql = graphiql
        self._origins = allowed_origins(runtime.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        origin = request.headers.get("origin")
        media = negotiate(request.headers.get("accept"))
        try:
            if not origin_allowed(origin, request.headers.get("host"), self._origins):
                raise Refused(403, refusal("This page may not call here.", code="FORBIDDEN"))
            if request.method == "OPTIONS":
                response = Response(status_code=204, headers={"Allow": "GET, POST"})
            elif _wants_page(request):
                response = self._page()
            else:
                response = await self._answer(request, media)
        except Refused as refused:
            response = _failed(refused.error, refused.status, media or PLAIN_JSON, refused.headers)
        except ClientDisconnect:
            return
        except Exception as error:
            response = _failed(internal_error(error), 500, media or PLAIN_JSON, {})
        if origin is not None:
            self._let_page_read(response, origin)
        _compress(response, request.headers.get("accept-encoding"))
        await response(scope, receive, send)

    async def _answer(self, request: Request, media: str | None) -> Response:
        if media is None:
            raise Refused(
                406, refusal(f"Answers come as {RESPONSE_JSON} or {PLAIN_JSON}.", field="accept")
            )
        operation = await self._read(request)
        if operation.name is not None:
            request.scope.setdefault("state", {})["operation"] = operation.name[:64]
        context = await context_of(self._runtime, request)
        result = await self._execute(operation, context, request.method)
        return _answered(result, media)

    async def _read(self, request: Request) -> Operation:
        if request.method == "GET":
            return read_query(request.query_params)
        if request.method != "POST":
            raise Refused(405, refusal("Use GET or POST."), Allow="GET, POST")
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await read_body(request)
        except TimeoutError as error:
            raise Refused(408, refusal("The request took too long to come.")) from error

    async def _execute(
        self, operation: Operation, context: RequestContext, method: str
    ) -> ExecutionResult:
        try:
            async with asyncio.timeout(WORK_SECONDS):
                if method == "POST":
                    flat = await self._flat.run(operation, context)
                    if flat is not None:
                        return flat
                return await self._schema.run(
                    operation.query,
                    operation.variables,
                    operation.name,
                    context,
                    READ_ONLY if method == "GET" else READ_OR_WRITE,
                )
        except TimeoutError as error:
            raise Refused(503, internal_error(error)) from error
        except NotRunnable as error:
            raise _not_runnable(error.operation_type) from error

    def _page(self) -> Response:
        headers = {"Content-Security-Policy": GRAPHIQL_CSP, "Cache-Control": "no-cache"}
        if not self._graphiql.is_file():
            return missing_page("GraphiQL")
        return Response(self._graphiql.read_bytes(), media_type="text/html", headers=headers)

    def _let_page_read(self, response: Response, origin: str) -> None:
        response.headers.add_vary_header("Origin")
        if origin in self._origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Max-Age"] = "600"


def _not_runnable(operation_type: OperationType | None) -> Refused:
    if operation_type is None:
        words = "The request has no operation of this name, or several and no name."
        return Refused(400, refusal(words, field="operationName"))
    if operation_type is OperationType.SUBSCRIPTION:
        words = "Subscriptions run over a WebSocket (graphql-transport-ws)."
        return Refused(400, refusal(words, field="query"))
    return Refused(405, refusal("Mutations need POST.", field="query"), Allow="POST")


def _wants_page(request: Request) -> bool:
    return (
        request.method == "GET"
        and "query" not in request.query_params
        and "text/html" in request.headers.get("accept", "")
    )


def _answered(result: ExecutionResult, media: str) -> Response:
    """200 when it ran; what never ran has no `data` (and, in the newer media type, 400)."""
    errors = public_errors(result.errors)
    if errors and result.data is None and all(error.path is None for error in errors):
        status = 400 if media == RESPONSE_JSON else 200
        return _encoded({"errors": _formatted(errors)}, status, media)
    payload: dict[str, Any] = {"data": result.data}
    if errors:
        payload["errors"] = _formatted(errors)
    return _encoded(payload, 200, media)


def _failed(error: GraphQLError, status: int, media: str, headers: dict[str, str]) -> Response:
    response = _encoded({"errors": [error.formatted]}, status, media)
    response.headers.update(headers)
    return response


def _compress(response: Response, accepted: str | None) -> None:
    """Longer answers go out in gzip. Here and not in middleware, which every answer would pay."""
    if len(response.body) < SHORTEST_COMPRESSED:
        return
    response.headers.add_vary_header("Accept-Encoding")
    if accepted is not None and "gzip" in accepted:
        response.body = gzip.compress(response.body, compresslevel=4, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))


def _formatted(errors: Iterable[GraphQLError]) -> list[Any]:
    return [error.formatted for error in errors]


def _encoded(payload: dict[str, Any], status: int, media: str) -> Response:
    return Response(
        orjson.dumps(payload, default=str),
        status_code=status,
        headers={"Content-Type": f"{media}; charset=utf-8", "Cache-Control": "no-store"},
    )
