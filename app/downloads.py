"""Documents over HTTP: opened for those who may see the member, and for nobody else."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.auth.authenticate import authenticate, bearer_token
from app.errors import DomainError, NotFound, Unauthenticated
from app.runtime import Runtime
from app.services.documents import PDF, read_document

STATUS = {"UNAUTHENTICATED": 401, "NOT_FOUND": 404}


async def document(request: Request) -> Response:
    """GET /documents/{id}: the picture itself, never kept by a shared cache."""
    runtime: Runtime = request.app.state.runtime
    try:
        token = bearer_token(request.headers.get("authorization"))
        if token is None:
            raise Unauthenticated()
        actor = await authenticate(runtime, token)
        try:
            document_id = UUID(request.path_params["id"])
        except ValueError as error:
            raise NotFound("There is no such document.") from error
        async with runtime.db.reading() as session:
            found, content = await read_document(runtime, session, actor, document_id)
    except DomainError as error:
        body = {"errors": [{"message": error.message, "extensions": error.extensions}]}
        return JSONResponse(body, status_code=STATUS.get(error.code, 400))
    return Response(
        content,
        media_type=found.content_type,
        headers={
            "Cache-Control": "private, max-age=300",
            # A PDF is saved, not opened beside our pages.
            "Content-Disposition": "attachment" if found.content_type == PDF else "inline",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'",
        },
    )
