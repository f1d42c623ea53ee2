"""One client's WebSocket: the graphql-transport-ws protocol.

Close codes are the protocol's: 4400 bad message, 4401 not initialised, 4403 forbidden (also
when the token ends: clients come again with a fresh one), 4406 subprotocol, 4408 too slow
to initialise, 4409 id in use, 4429 initialised twice. 1013: try again later.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLError, OperationType
from starlette.requests import HTTPConnection
from starlette.types import Message, Receive, Scope, Send

from app import clock
from app.auth.actor import Actor
from app.auth.authenticate import authenticate, bearer_token
from app.context import RequestContext
from app.errors import DomainError, TooManyRequests, Unauthenticated
from app.graphql.errors import public_error
from app.graphql.execution import Schema
from app.graphql.live_execution import GraphQLRequest, Refused, Subscriptions, formatted
from app.services.live_streams import Stream

log = logging.getLogger(__name__)

PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10.0
CLOSE_SECONDS = 5.0
MOST_OPERATIONS = 50
LONGEST_MESSAGE = 1024 * 1024
LONGEST_ID = 256


@dataclass(slots=True, eq=False)
class Operation:
    """What a client has asked for under an id of its own."""

    id: str
    task: asyncio.Task[None] | None = None
    stream: Stream[Any] | None = None
    head: str = field(init=False)

    def __post_init__(self) -> None:
        self.head = f'{{"id":{orjson.dumps(self.id).decode()},"type":"next","payload":'


class BadMessage(Exception):
    """The client does not speak the protocol."""


class Socket:
    """A connection, from its handshake to its end."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        schema: Schema,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        self.actor: Actor | None = None
        self._runtime = subscriptions.runtime
        self._subscriptions = subscriptions
        self._schema = schema
        self._scope = scope
        self._receive = receive
        self._asgi_send = send
        self._token = ""
        self._initialised = False
        self._closed = False
        self._judgements = 0
        self._operations: dict[str, Operation] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._chores: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Speaks until one side hangs up."""
        if PROTOCOL not in self._scope["subprotocols"]:
            await self._asgi_send({"type": "websocket.accept"})
            await self.close(4406, "Subprotocol not acceptable")
            return
        await self._asgi_send({"type": "websocket.accept", "subprotocol": PROTOCOL})
        self._close_after(INIT_SECONDS, 4408, "Connection initialisation timeout")
        try:
            while True:
                message = await self._receive()
                if message["type"] == "websocket.disconnect":
                    return
                if not self._closed:
                    await self._handle(message)
        finally:
            self._closed = True
            await self._clean_up()

    async def close(self, code: int, reason: str) -> None:
        """Hangs up; a client that does not read is not waited for."""
        if self._closed:
            return
        self._closed = True
        with suppress(Exception):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._asgi_send({"type": "websocket.close", "code": code, "reason": reason})

    async def rejudge(self, *, told: bool) -> None:
        """Asks again what the user may do. `told`: something is known to have changed."""
        if self.actor is None or self._closed:
            return
        try:
            actor = await authenticate(self._runtime, self._token)
        except Unauthenticated:
            await self.close(4403, "Forbidden")
            return
        self.actor = actor
        self._judgements += 1
        for operation in list(self._operations.values()):
            if operation.stream is not None:
                await self._rejudge_stream(operation.stream, actor, told=told)

    async def _rejudge_stream(self, stream: Stream[Any], actor: Actor, *, told: bool) -> None:
        try:
            await stream.rejudge(actor, told=told)
        except DomainError as error:
            stream.fail(error)

    # ---- messages -------------------------------------------------------------------

    async def _handle(self, message: Message) -> None:
        text = message.get("text")
        try:
            if text is None:
                raise BadMessage("Messages are text")
            if len(text) > LONGEST_MESSAGE:
                await self.close(1009, "Message too big")
                return
            await self._dispatch(_decode(text))
        except BadMessage as error:
            await self.close(4400, str(error))

    async def _dispatch(self, message: dict[str, Any]) -> None:
        match message.get("type"):
            case "connection_init":
                await self._on_init(_object(message, "payload"))
            case "ping":
                answer: dict[str, Any] = {"type": "pong"}
                if "payload" in message:
                    answer["payload"] = message["payload"]
                await self._send(answer)
            case "pong":
                pass
            case "subscribe":
                await self._on_subscribe(message)
            case "complete":
                operation = self._operations.pop(_id(message), None)
                if operation is not None and operation.task is not None:
                    operation.task.cancel()
            case _:
                raise BadMessage("Unknown message type")

    async def _on_init(self, payload: dict[str, Any]) -> None:
        if self._initialised:
            await self.close(4429, "Too many initialisation requests")
            return
        self._initialised = True
        if self._timer is not None:
            self._timer.cancel()
        header = payload.get("authorization", payload.get("Authorization"))
        self._token = bearer_token(header if isinstance(header, str) else None) or ""
        try:
            if not self._token:
                raise Unauthenticated
            actor = await authenticate(self._runtime, self._token)
        except Unauthenticated:
            await self.close(4403, "Forbidden")
            return
        except Exception:
            log.exception("live: a token cannot be checked")
            await self.close(1013, "Try again later")
            return
        self.actor = actor
        if actor.expires_at is not None:
            left = (actor.expires_at - clock.now()).total_seconds()
            self._close_after(left, 4403, "token expired")
        await self._send({"type": "connection_ack"})

    async def _on_subscribe(self, message: dict[str, Any]) -> None:
        if self.actor is None:
            await self.close(4401, "Unauthorized")
            return
        operation = Operation(_id(message))
        request = _request(_object(message, "payload"))
        if operation.id in self._operations:
            await self.close(4409, f"Subscriber for {operation.id} already exists"[:120])
            return
        if len(self._operations) >= MOST_OPERATIONS:
            error = TooManyRequests(f"At most {MOST_OPERATIONS} operations run on one connection.")
            await self._refuse(operation, [_as_graphql(error)])
            return
        self._operations[operation.id] = operation
        operation.task = asyncio.create_task(self._run(operation, request))

    # ---- operations -----------------------------------------------------------------

    async def _run(self, operation: Operation, request: GraphQLRequest) -> None:
        try:
            prepared, kind = self._subscriptions.prepare(request)
            if kind is OperationType.SUBSCRIPTION:
                await self._follow(operation, prepared, request)
            else:
                await self._answer(operation, request)
            self._forget(operation)
            await self._send({"id": operation.id, "type": "complete"})
        except Refused as refused:
            await self._refuse(operation, refused.errors)
        except DomainError as error:
            await self._refuse(operation, [_as_graphql(error)])
        except Exception:
            if not self._closed:
                log.exception("live: an operation failed")
                await self.close(1013, "Try again later")
        finally:
            self._forget(operation)

    async def _follow(self, operation: Operation, prepared: Any, request: GraphQLRequest) -> None:
        judgements = self._judgements
        opened = await self._subscriptions.open(prepared, request, self._context())
        stream = operation.stream = opened.stream
        try:
            if judgements != self._judgements and self.actor is not None:
                # Rights have changed while it was opened.
                await stream.rejudge(self.actor, told=False)
            head = operation.head
            while (chunk := await stream.next_chunk()) is not None:
                for payload in await opened.payloads(*chunk):
                    if stream.failure is not None:
                        break
                    await self._send_text(f"{head}{payload}}}")
        finally:
            await stream.aclose()

    async def _answer(self, operation: Operation, request: GraphQLRequest) -> None:
        result = await self._schema.execute(
            request.query,
            variable_values=request.variables,
            context_value=self._context(),
            operation_name=request.operation_name,
        )
        payload = orjson.dumps(formatted(result)).decode()
        await self._send_text(f"{operation.head}{payload}}}")

    def _context(self) -> RequestContext:
        return RequestContext(self._runtime, self.actor, HTTPConnection(self._scope))

    async def _refuse(self, operation: Operation, errors: Sequence[GraphQLError]) -> None:
        self._forget(operation)
        payload = [error.formatted for error in errors]
        await self._send({"id": operation.id, "type": "error", "payload": payload})

    def _forget(self, operation: Operation) -> None:
        # The client may have used the id again meanwhile.
        if self._operations.get(operation.id) is operation:
            del self._operations[operation.id]

    # ---- the wire -------------------------------------------------------------------

    async def _send(self, message: dict[str, Any]) -> None:
        await self._send_text(orjson.dumps(message).decode())

    async def _send_text(self, text: str) -> None:
        # Waits while the client reads slowly: its stream then falls behind, not our memory.
        if not self._closed:
            await self._asgi_send({"type": "websocket.send", "text": text})

    def _close_after(self, seconds: float, code: int, reason: str) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(0.0, seconds), self._spawn_close, code, reason)

    def _spawn_close(self, code: int, reason: str) -> None:
        self._spawn(self.close(code, reason))

    def _spawn(self, chore: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    async def _clean_up(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        tasks = [item.task for item in self._operations.values() if item.task is not None]
        self._operations.clear()
        for task in [*tasks, *self._chores]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _as_graphql(error: DomainError) -> GraphQLError:
    return public_error(GraphQLError(error.message, original_error=error))


def _decode(text: str) -> dict[str, Any]:
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadMessage("Messages are JSON") from error
    if not isinstance(message, dict):
        raise BadMessage("Messages are objects")
    return message


def _object(message: dict[str, Any], name: str) -> dict[str, Any]:
    found = message.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise BadMessage(f"{name} is an object")
    return found


def _id(message: dict[str, Any]) -> str:
    found = message.get("id")
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_ID:
        raise BadMessage("Messages name their operation by an id")
    return found


def _request(payload: dict[str, Any]) -> GraphQLRequest:
    query = payload.get("query")
    name = payload.get("operationName")
    if not isinstance(query, str):
        raise BadMessage("query is text")
    if name is not None and not isinstance(name, str):
        raise BadMessage("operationName is text")
    return GraphQLRequest(query, _object(payload, "variables"), name)
