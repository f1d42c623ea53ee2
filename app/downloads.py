"""Documents over HTTP: opened for those who may see the member, and for nobody else."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from app.errors import DomainError
from app.rest import actor_of, error_answer, id_of
from app.runtime import Runtime
from app.services.documents import read_document
from app.services.papers import read_paper
from app.services.pdfs import PDF

ZIP = "application/zip"
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", PDF: "pdf"}


async def document(request: Request) -> Response:
    """GET /documents/{id}: the picture or PDF itself, never kept by a shared cache."""
    runtime: Runtime = request.app.state.runtime
    try:
        actor = await actor_of(request)
        document_id = id_of(request, "document")
        async with runtime.db.reading() as session:
            found, content = await read_document(runtime, session, actor, document_id)
    except DomainError as error:
        return error_answer(error)
    # A PDF is saved, not opened beside our pages.
    shown = "attachment" if found.content_type == PDF else "inline"
    name = f"{found.id}.{SUFFIXES.get(found.content_type, 'bin')}"
    # Whoever signs in next on the same browser is asked anew.
    kept = {"Cache-Control": "private, max-age=300", "Vary": "Authorization"}
    return _file(content, found.content_type, f'{shown}; filename="{name}"', kept)


async def paper(request: Request) -> Response:
    """GET /papers/{id}: the PDF or ZIP, for those who may see the group it is about."""
    runtime: Runtime = request.app.state.runtime
    try:
        actor = await actor_of(request)
        paper_id = id_of(request, "paper")
        async with runtime.db.reading() as session:
            found, content = await read_paper(runtime, session, actor, paper_id)
    except DomainError as error:
        return error_answer(error)
    name = f"{found.kind.lower()}-{found.id}.{'zip' if found.whole_group else 'pdf'}"
    kept = {"Cache-Control": "private, no-store"}
    content_type = ZIP if found.whole_group else PDF
    return _file(content, content_type, f'attachment; filename="{name}"', kept)


def _file(content: bytes, content_type: str, disposition: str, kept: Mapping[str, str]) -> Response:
    """What somebody uploaded or we made: it is taken for nothing else, and may do nothing."""
    return Response(
        content,
        media_type=content_type,
        headers={
            **kept,
            "Content-Disposition": disposition,
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
