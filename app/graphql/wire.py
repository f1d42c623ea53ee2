"""GraphQL over HTTP, the request's side: what is asked, in which form, within which size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import orjson
from graphql import GraphQLError
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message, Receive
from strawberry.file_uploads.utils import replace_placeholders_with_files

from app.graphql.errors import refusal

RESPONSE_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"
MULTIPART = "multipart/form-data"
LARGEST_BODY = 5 * 1024 * 1024
LARGEST_UPLOAD = 12 * 1024 * 1024
LARGEST_FORM_FIELD = 1024 * 1024
FILES = 10


class Refused(Exception):
    """The request is answered with this status and error and goes no further."""

    def __init__(self, status: int, error: GraphQLError, **headers: str) -> None:
        super().__init__(error.message)
        self.status = status
        self.error = error
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Operation:
    """One GraphQL request, as it came."""

    query: str
    variables: dict[str, Any] | None
    name: str | None


@lru_cache(maxsize=256)
def negotiate(accept: str | None) -> str | None:
    """The media type of the answer; None when the client takes neither of ours."""
    if not accept:
        return PLAIN_JSON
    best, best_quality = None, 0.0
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = _quality(parameters)
        offered = media if media == RESPONSE_JSON else PLAIN_JSON if _takes_json(media) else None
        if offered and quality > best_quality:
            best, best_quality = offered, quality
    return best


def _takes_json(media: str) -> bool:
    return media in {PLAIN_JSON, "application/*", "*/*"}


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def origin_allowed(origin: str | None, host: str | None, allowed: frozenset[str]) -> bool:
    """Programs send no Origin; a page may call its own host, or hosts that settings name."""
    if origin is None or origin in allowed:
        return True
    netloc = urlsplit(origin).netloc
    return bool(netloc) and host is not None and netloc.lower() == host.lower()


def read_query(parameters: Mapping[str, str]) -> Operation:
    """The operation of a GET request."""
    found: dict[str, Any] = dict(parameters)
    for name in ("variables", "extensions"):
        if found.get(name):
            found[name] = _decode(found[name].encode(), name)
        else:
            found.pop(name, None)
    return operation_of(found)


async def read_body(request: Request) -> Operation:
    """The operation of a POST request; a body that is too large is never read whole."""
    media = _media_of(request, {PLAIN_JSON, MULTIPART})
    largest = LARGEST_UPLOAD if media == MULTIPART else LARGEST_BODY
    check_length(request.headers.get("content-length"), largest)
    receive = bounded(request.receive, largest)
    if media == MULTIPART:
        return operation_of(await _read_multipart(Request(request.scope, receive)))
    body = await _read_all(receive)
    return operation_of(_decode(body, "body"))


async def read_json(request: Request) -> Any:
    """The JSON of a request's body; Refused where it is none, or too large."""
    _media_of(request, {PLAIN_JSON})
    check_length(request.headers.get("content-length"), LARGEST_BODY)
    return _decode(await _read_all(bounded(request.receive, LARGEST_BODY)), "body")


def _media_of(request: Request, taken: Collection[str]) -> str:
    content_type = request.headers.get("content-type", "")
    media, *parameters = (piece.strip().lower() for piece in content_type.split(";"))
    if media not in taken:
        raise Refused(
            415, refusal("Send the request as application/json.", field="body"), Accept=PLAIN_JSON
        )
    charset = next((p[8:].strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
    if charset not in {"utf-8", "utf8"}:
        raise Refused(415, refusal("Send the request in UTF-8.", field="body"))
    return media


def check_length(content_length: str | None, largest: int) -> None:
    """Refuses by the header alone, before a byte is read."""
    if content_length is not None and content_length.isdecimal() and int(content_length) > largest:
        raise _too_large(largest)


def bounded(receive: Receive, largest: int) -> Callable[[], Awaitable[Message]]:
    """`receive` that refuses once more than `largest` bytes of body have come."""
    seen = 0

    async def receive_some() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > largest:
            raise _too_large(largest)
        return message

    return receive_some


def operation_of(data: Any) -> Operation:
    """The members of a request, each of its type; Refused (400) otherwise."""
    if isinstance(data, list):
        raise _malformed("Send one operation at a time.", "body")
    if not isinstance(data, dict):
        raise _malformed("The request must be a JSON object.", "body")
    query = data.get("query")
    if not isinstance(query, str) or not query.strip():
        raise _malformed("The request needs a query.", "query")
    for name, kind, words in (
        ("variables", dict, "an object"),
        ("extensions", dict, "an object"),
        ("operationName", str, "text"),
    ):
        if not isinstance(data.get(name), (kind, type(None))):
            raise _malformed(f"{name} must be {words}.", name)
    return Operation(query, data.get("variables"), data.get("operationName") or None)


async def _read_all(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _malformed("The request ended before it was whole.", "body")
        if chunk := message.get("body"):
            chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


async def _read_multipart(request: Request) -> Any:
    """The multipart request specification: `operations`, `map`, and the files.

    A page elsewhere can make a browser send multipart without asking first (no preflight). It
    gains nothing: there is no cookie, the token stands in a header which only asks first, and
    an Origin that is not allowed is refused before this. So no further header is demanded.
    """
    try:
        form = await request.form(
            max_files=FILES, max_fields=FILES, max_part_size=LARGEST_FORM_FIELD
        )
    except (MultiPartException, HTTPException, ValueError) as error:
        raise _malformed("The form cannot be read.", "body") from error
    operations, places = (form.get("operations"), form.get("map", "{}"))
    if not isinstance(operations, str) or not isinstance(places, str):
        raise _malformed("The form needs operations and a map.", "body")
    try:
        found = replace_placeholders_with_files(
            _decode(operations.encode(), "operations"), _decode(places.encode(), "map"), form
        )
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _malformed("The map and the files do not fit together.", "map") from error
    return found


def _decode(raw: bytes, field: str) -> Any:
    # PostgreSQL cannot store the character, and no name or number has it.
    if b"\\u0000" in raw or b"\x00" in raw:
        raise _malformed("The request has a character that no text may hold.", field)
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise _malformed("The request is not JSON in UTF-8.", field) from error


def _malformed(message: str, field: str) -> Refused:
    return Refused(400, refusal(message, field=field))


def _too_large(largest: int) -> Refused:
    return Refused(
        413,
        refusal(f"The request is larger than {largest // (1024 * 1024)} MB.", field="body"),
    )
