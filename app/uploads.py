"""Uploads that can be cut off and go on, over HTTP: the core of tus 1.0.0 (tus.io), with its
extensions creation, expiration and termination.

Any tus client can send by it. The description of the file comes as Upload-Length and
Upload-Metadata, or as JSON for a client of our own. Whoever asks for JSON (Accept) gets how far
the upload is, and at its end the document; others get what tus says, and ask by GET.
The token travels in a header that no foreign page can make a browser send (see
`graphql/wire.py`), so nothing more is needed against forged requests.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, DomainError, RuleBroken
from app.models import Document
from app.rest import actor_of, error_answer, id_of
from app.runtime import Runtime
from app.services import uploads
from app.services.attaching import Target
from app.services.documents import MAX_BYTES
from app.services.upload_begin import Wanted, begin
from app.services.uploads import MAX_PIECE, Progress

VERSION = "1.0.0"
ABOUT = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,expiration,termination",
    "Tus-Max-Size": str(MAX_BYTES),
}
BYTES = "application/offset+octet-stream"
JSON = "application/json"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""What reaches this module: those that it lacks are refused here, in JSON."""
MAX_DESCRIPTION = 4096
PIECE_SECONDS = 120.0
"""Patience for a phone on a slow line; what has come by then is kept."""
Handler = Callable[[Request, Actor], Awaitable[Response]]


async def all_uploads(request: Request) -> Response:
    """POST /uploads begins one."""
    return await _answer(request, {"POST": _begin})


async def one_upload(request: Request) -> Response:
    """GET or HEAD /uploads/{id} says how far it is, PATCH goes on, DELETE ends it."""
    handlers = {"GET": _tell, "HEAD": _tell, "PATCH": _go_on, "DELETE": _cancel}
    return await _answer(request, handlers)


async def _answer(request: Request, handlers: Mapping[str, Handler]) -> Response:
    headers = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
    # Some networks let neither PATCH nor DELETE through.
    method = request.headers.get("x-http-method-override", request.method).upper()
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**headers, **ABOUT})
    try:
        if request.headers.get("tus-resumable", VERSION) != VERSION:
            headers |= {"Tus-Version": VERSION}
            raise RuleBroken(f"Only tus {VERSION}.", code="VERSION_NOT_SUPPORTED")
        if method not in handlers:
            headers |= {"Allow": ", ".join([*handlers, "OPTIONS"])}
            raise RuleBroken(f"Not by {method[:10]}.", code="METHOD_NOT_ALLOWED")
        actor = await actor_of(request)
        demand(actor, "documents:create")
        response = await handlers[method](request, actor)
    except DomainError as error:
        return error_answer(error, headers)
    response.headers.update(headers)
    return response


async def _begin(request: Request, actor: Actor) -> Response:
    wanted = _wanted(await _description(request))
    progress = await begin(_runtime(request), actor, wanted)
    headers = {**_headers(progress), "Location": f"/uploads/{progress.id}"}
    return JSONResponse(_as_json(progress), 201 if progress.begun else 200, headers)


async def _tell(request: Request, actor: Actor) -> Response:
    progress = await uploads.find(_runtime(request), actor, id_of(request, "upload"))
    headers = {**_headers(progress), "Upload-Length": str(progress.size)}
    return JSONResponse(_as_json(progress), headers=headers)


async def _go_on(request: Request, actor: Actor) -> Response:
    """Keeps what comes, even of a piece that is cut off; the last piece makes the document."""
    runtime, upload_id = _runtime(request), id_of(request, "upload")
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != BYTES:
        raise RuleBroken(f"Send the bytes as {BYTES}.", code="MEDIA_NOT_SUPPORTED")
    offset = _number(request.headers.get("upload-offset"), "Upload-Offset")
    progress = await uploads.find(runtime, actor, upload_id)
    if offset != progress.offset:
        raise uploads.offset_mismatch()
    piece, in_time = await _read_piece(request, progress.size - offset)
    progress = await uploads.add_piece(runtime, actor, upload_id, offset, piece)
    if not in_time:
        raise RuleBroken("The piece took too long; its beginning is kept.", code="REQUEST_TIMEOUT")
    headers = _headers(progress)
    if progress.document is not None:
        headers["Content-Location"] = f"/documents/{progress.document.id}"
    if JSON in request.headers.get("accept", ""):
        return JSONResponse(_as_json(progress), headers=headers)
    return Response(status_code=204, headers=headers)


async def _cancel(request: Request, actor: Actor) -> Response:
    await uploads.cancel(_runtime(request), actor, id_of(request, "upload"))
    return Response(status_code=204)


async def _read_piece(request: Request, awaited: int) -> tuple[bytes, bool]:
    """The bytes of the body, as far as they came, and whether they came in time.

    TOO_LARGE for a piece above MAX_PIECE, or for more than the file's rest.
    """
    most = min(MAX_PIECE, awaited)
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise _too_large(awaited)
    piece = bytearray()
    try:
        async with asyncio.timeout(PIECE_SECONDS):
            async for chunk in request.stream():
                piece += chunk
                if len(piece) > most:
                    raise _too_large(awaited)
    except ClientDisconnect:
        # Nobody hears the answer, but the phone need not send these bytes again.
        return bytes(piece), True
    except TimeoutError:
        return bytes(piece), False
    return bytes(piece), True


def _too_large(awaited: int) -> RuleBroken:
    words = f"At most {MAX_PIECE // 1024} KB a piece, and {awaited} bytes are awaited."
    return RuleBroken(words, code="TOO_LARGE")


async def _description(request: Request) -> Mapping[str, Any]:
    """The fields of the upload to begin, from JSON or from the headers of tus."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != JSON:
        length = _number(request.headers.get("upload-length"), "Upload-Length")
        return {**_metadata(request.headers.get("upload-metadata", "")), "size": length}
    body = bytearray()
    try:
        async with asyncio.timeout(PIECE_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_DESCRIPTION:
                    raise RuleBroken("The description of a file is short.", code="TOO_LARGE")
    except (ClientDisconnect, TimeoutError) as error:
        raise RuleBroken("The description did not arrive.", code="REQUEST_TIMEOUT") from error
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadInput("The description is not JSON.", field="body") from error
    if not isinstance(found, dict):
        raise BadInput("The description must be a JSON object.", field="body")
    return found


def _metadata(header: str) -> dict[str, str]:
    """Upload-Metadata: names and base64 values, such as `kind SURfRlJPTlQ=,id …`."""
    found: dict[str, str] = {}
    for pair in filter(None, header.split(",")):
        name, _, encoded = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise BadInput("A value of Upload-Metadata is no base64.", field=name[:50]) from error
    return found


def _wanted(values: Mapping[str, Any]) -> Wanted:
    size = values.get("size")
    if not isinstance(size, int) or isinstance(size, bool):
        raise BadInput("The size in bytes.", field="size")
    upload_id = _uuid(values, "id")
    if upload_id is None:
        raise BadInput("This must be filled in.", field="id")
    return Wanted(
        id=upload_id,
        target=Target(
            kind=_text(values, "kind"),
            member_id=_uuid(values, "memberId"),
            group_id=_uuid(values, "groupId"),
            meeting_id=_uuid(values, "meetingId"),
        ),
        size=size,
        sha256=_text(values, "sha256").lower() if values.get("sha256") is not None else None,
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    found = values.get(name)
    if not isinstance(found, str):
        raise BadInput("This must be filled in.", field=name)
    return found


def _uuid(values: Mapping[str, Any], name: str) -> UUID | None:
    if values.get(name) is None:
        return None
    try:
        return UUID(_text(values, name))
    except ValueError as error:
        raise BadInput("This is not an id.", field=name) from error


def _number(text: str | None, name: str) -> int:
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > 15:
        raise BadInput(f"The header {name} is a number of bytes.", field=name)
    return int(text)


def _runtime(request: Request) -> Runtime:
    runtime: Runtime = request.app.state.runtime
    return runtime


def _headers(progress: Progress) -> dict[str, str]:
    return {
        "Upload-Offset": str(progress.offset),
        "Upload-Expires": format_datetime(progress.expires_at, usegmt=True),
    }


def _as_json(progress: Progress) -> dict[str, Any]:
    return {
        "id": str(progress.id),
        "offset": progress.offset,
        "size": progress.size,
        "expiresAt": progress.expires_at.isoformat(),
        "document": _document(progress.document) if progress.document is not None else None,
    }


def _document(row: Document) -> dict[str, Any]:
    """As the type Document of the GraphQL schema has it."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "contentType": row.content_type,
        "size": row.size,
        "sha256": row.sha256,
        "url": f"/documents/{row.id}",
    }
