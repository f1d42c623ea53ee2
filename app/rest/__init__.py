"""What the routes beside GraphQL share: who is asking, and how an error is said."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse

from app.auth.actor import Actor
from app.auth.authenticate import authenticate, bearer_token
from app.errors import DomainError, NotFound, Unauthenticated
from app.runtime import Runtime

STATUS = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "REQUEST_TIMEOUT": 408,
    "UNKNOWN_MEMBER": 409,
    "UNKNOWN_GROUP": 409,
    "UNKNOWN_MEETING": 409,
    "ID_REUSED": 409,
    "OFFSET_MISMATCH": 409,
    "TOO_MANY_PIECES": 409,
    "UPLOAD_FINISHED": 409,
    "VERSION_NOT_SUPPORTED": 412,
    "TOO_LARGE": 413,
    "MEDIA_NOT_SUPPORTED": 415,
    "CHECKSUM_MISMATCH": 422,
    "TOO_MANY_UPLOADS": 429,
    "TOO_MANY_REQUESTS": 429,
    "CONFLICT": 409,
    "ID_NUMBER_TAKEN": 409,
    "TRANSACTION_KNOWN": 409,
    "INTERNAL": 500,
    "NOT_AVAILABLE": 501,
}
"""HTTP's word for a code; 400 for all others."""


async def actor_of(request: Request) -> Actor:
    """Who is asking, by the bearer token; Unauthenticated without a good one."""
    runtime: Runtime = request.app.state.runtime
    token = bearer_token(request.headers.get("authorization"))
    if token is None:
        raise Unauthenticated()
    return await authenticate(runtime, token)


def id_of(request: Request, what: str) -> UUID:
    """The id in the path; what is no id names nothing."""
    try:
        return UUID(request.path_params["id"])
    except ValueError as error:
        raise NotFound(f"There is no such {what}.", field="id") from error


def error_answer(error: DomainError, headers: dict[str, str] | None = None) -> JSONResponse:
    """In the form of GraphQL's errors."""
    body = {"errors": [{"message": error.message, "extensions": error.extensions}]}
    return JSONResponse(body, STATUS.get(error.code, 400), headers)
