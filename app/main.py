"""The ASGI application: routes, middleware, lifespan.

`uvicorn app.main:app`, or `uvicorn app.main:create_app --factory`, or `tablebanking serve`.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from app.callbacks import callback_routes
from app.config import Settings, load_settings
from app.downloads import document, paper
from app.events import ACCESS
from app.graphql.http import GraphQLEndpoint
from app.graphql.subscriptions import LiveSockets
from app.logs import configure_logging
from app.metrics import exposition, keep_outbox
from app.middleware import Edge
from app.pages import GRAPHIQL_CSP, GRAPHIQL_DIST, OPENAPI_DIST, PWA_DIST, WEB_DIST, Site, app_csp
from app.receipt_page import receipt_page
from app.resolvers.root import build_schema
from app.rest.endpoint import rest_routes
from app.runtime import Runtime, close_runtime, make_runtime
from app.services.outbox import count_by_topic
from app.uploads import METHODS, all_uploads, one_upload
from app.workers.main import EmbeddedWorker

HEALTH_SECONDS = 3.0
GC_THRESHOLDS = (50_000, 20, 100)
log = logging.getLogger(__name__)


def create_app(settings: Settings | None = None) -> Starlette:
    """The application for `settings`; without them they come from the environment."""
    if settings is None:
        configure_logging()
        settings = load_settings()
    runtime = make_runtime(settings)
    schema = build_schema(introspection=settings.introspection)
    http = GraphQLEndpoint(schema, runtime, GRAPHIQL_DIST / "index.html")
    sockets = LiveSockets(runtime, schema)
    csp = app_csp(settings.tile_url)
    app = Starlette(
        routes=[
            Route("/graphql", http),
            WebSocketRoute("/graphql", sockets),
            Route("/healthz", _healthz),
            Route("/config.json", _config),
            Route("/documents/{id}", document),
            Route("/receipt", receipt_page),
            Route("/papers/{id}", paper),
            Route("/uploads", all_uploads, methods=METHODS),
            Route("/uploads/{id}", one_upload, methods=METHODS),
            Route("/metrics", _metrics),
            Route("/api/docs", _to_docs),
            _site("/api/docs", Site(OPENAPI_DIST, "The page of the REST paths", GRAPHIQL_CSP)),
            *callback_routes(),
            *rest_routes(schema, runtime),
            Route("/field", _to_field),
            _site("/field", Site(PWA_DIST, "The phone app", csp)),
            _site("/graphiql", Site(GRAPHIQL_DIST, "GraphiQL", GRAPHIQL_CSP)),
            _site("", Site(WEB_DIST, "The office's app", csp)),
        ],
        middleware=[Middleware(Edge, settings=settings)],
        lifespan=_lifespan,
    )
    app.state.runtime = runtime
    app.state.schema = schema
    app.state.sockets = sockets
    return app


def _site(base: str, site: Site) -> Route:
    return Route(base + "/{path:path}", site)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    runtime: Runtime = app.state.runtime
    await runtime.events.start()
    runtime.events.on(ACCESS, runtime.tokens.on_access_event)
    runtime.events.on_missed(runtime.tokens.forget_all)
    sockets: LiveSockets = app.state.sockets
    sockets.start()
    worker = EmbeddedWorker(runtime) if runtime.settings.redis_url is None else None
    if worker is not None:
        worker.start()
    # What was made until here lives as long as the process: never look at it again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    log.info("ready", extra={"environment": runtime.settings.environment})
    try:
        yield
    finally:
        if worker is not None:
            await worker.stop()
        await sockets.close()
        await close_runtime(runtime)
        # Whoever starts another application in this process gets rid of this one.
        gc.unfreeze()


async def _healthz(request: Request) -> JSONResponse:
    """200 when the database and the broker answer; else 503 and which of them does not."""
    runtime: Runtime = request.app.state.runtime
    found = await asyncio.gather(
        asyncio.wait_for(runtime.db.ping(), HEALTH_SECONDS),
        asyncio.wait_for(runtime.throttle.ping(), HEALTH_SECONDS),
        return_exceptions=True,
    )
    parts = {
        name: "away" if isinstance(outcome, BaseException) else "ok"
        for name, outcome in zip(("database", "broker"), found, strict=True)
    }
    healthy = all(state == "ok" for state in parts.values())
    return JSONResponse(
        {"status": "ok" if healthy else "unavailable", **parts},
        200 if healthy else 503,
        {"Cache-Control": "no-store"},
    )


async def _metrics(request: Request) -> Response:
    """For Prometheus; Caddy keeps it from the outside (deploy/Caddyfile). Without the database
    the process's own numbers are still told."""
    runtime: Runtime = request.app.state.runtime
    try:
        async with asyncio.timeout(HEALTH_SECONDS), runtime.db.reading() as session:
            keep_outbox(await count_by_topic(session))
    except (SQLAlchemyError, OSError, TimeoutError):
        log.warning("metrics: the outbox could not be counted")
    content, media_type = exposition()
    return Response(content, headers={"Content-Type": media_type})


async def _config(request: Request) -> JSONResponse:
    """What the deployment decides and the apps must know."""
    settings: Settings = request.app.state.runtime.settings
    return JSONResponse(
        {
            "tileUrl": settings.tile_url,
            "tileAttribution": settings.tile_attribution,
            "currency": settings.currency,
            "timezone": settings.timezone.key,
            "version": _version(),
        },
        headers={"Cache-Control": "no-cache"},
    )


async def _to_field(_request: Request) -> RedirectResponse:
    return RedirectResponse("/field/", 308)


async def _to_docs(_request: Request) -> RedirectResponse:
    return RedirectResponse("/api/docs/", 308)


def _version() -> str:
    try:
        return version("tablebanking")
    except PackageNotFoundError:
        return "development"


def __getattr__(name: str) -> Any:
    # `app.main:app` is made when a server asks for it, not when a test imports this module.
    if name == "app":
        return create_app()
    raise AttributeError(name)
