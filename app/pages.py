"""The built front ends, served from their folders, each with the caching its files allow."""

from __future__ import annotations

import mimetypes
import os
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

ROOT = Path(__file__).resolve().parent.parent
WEB_DIST = ROOT / "web" / "dist"
PWA_DIST = ROOT / "pwa" / "dist"
GRAPHIQL_DIST = WEB_DIST / "graphiql"
OPENAPI_DIST = WEB_DIST / "openapi"

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
HASHED = re.compile(r"(^|/)assets/.*[-.][A-Za-z0-9_-]{8,}\.\w+$")
"""Vite puts a hash of the content into these names."""

PACKED = (("br", ".br"), ("gzip", ".gz"))
"""What the build has packed beside a file (common/precompress.mjs), the smallest first."""

GRAPHIQL_CSP = (
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def app_csp(tile_url: str | None) -> str:
    """The policy of both apps: nothing from elsewhere but map tiles, where settings name some.

    Styles may be inline because Mantine and Leaflet set them so; scripts may not.
    """
    tiles = ""
    if tile_url:
        parts = urlsplit(tile_url.replace("{s}", "*"))
        tiles = f" {parts.scheme}://{parts.netloc}"
    return (
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' "
        f"'unsafe-inline'; img-src 'self' data: blob:{tiles}; font-src 'self'; media-src 'self' "
        f"blob:; connect-src 'self'{tiles}; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )


class Site:
    """One built app: its files, and its index for every other path below its base."""

    def __init__(self, folder: Path, name: str, csp: str) -> None:
        self._folder = folder
        self._name = name
        self._csp = csp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._respond(scope)
        await response(scope, receive, send)

    def _respond(self, scope: Scope) -> Response:
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("Use GET.", 405, {"Allow": "GET, HEAD"})
        path = str(scope.get("path_params", {}).get("path", ""))
        file = self._find(path)
        if file is None and "." in path.rpartition("/")[2]:
            return PlainTextResponse("There is no such file.", 404, {"Cache-Control": "no-store"})
        file = file or self._find("index.html")
        if file is None:
            return missing_page(self._name)
        return self._file(file, Headers(scope=scope))

    def _find(self, path: str) -> Path | None:
        if "\x00" in path or not path:
            return None
        full = os.path.realpath(self._folder / path)
        inside = os.path.realpath(self._folder) + os.sep
        return Path(full) if full.startswith(inside) and os.path.isfile(full) else None

    def _file(self, file: Path, headers: Headers) -> Response:
        relative = file.relative_to(os.path.realpath(self._folder)).as_posix()
        encoding, sent = _packed(file, headers.get("accept-encoding", ""))
        response = FileResponse(sent, media_type=mimetypes.guess_type(file)[0])
        response.headers["Vary"] = "Accept-Encoding"
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Cache-Control"] = IMMUTABLE if HASHED.search(relative) else REVALIDATE
        # Workers take their policy from their own script's answer.
        response.headers["Content-Security-Policy"] = self._csp
        if relative == "sw.js":
            response.headers["Service-Worker-Allowed"] = "/field/"
        if relative.endswith(".webmanifest"):
            response.headers["Content-Type"] = "application/manifest+json"
        etag = _etag(str(sent), sent.stat().st_mtime_ns, sent.stat().st_size)
        response.headers["ETag"] = etag
        if headers.get("if-none-match") == etag:
            # With the policy: the browser lays these headers over those of its cached copy.
            kept = ("ETag", "Cache-Control", "Content-Security-Policy", "Vary")
            return Response(
                status_code=304, headers={name: response.headers[name] for name in kept}
            )
        return response


def _packed(file: Path, accepted: str) -> tuple[str | None, Path]:
    """The packed twin that the browser takes; none that is left from an older build."""
    taken = {
        name.strip()
        for name, _, weight in (part.partition(";") for part in accepted.lower().split(","))
        if not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
    }
    for encoding, ending in PACKED:
        twin = file.with_name(file.name + ending)
        if encoding in taken and twin.is_file() and _same_age(twin, file):
            return encoding, twin
    return None, file


def _same_age(twin: Path, file: Path) -> bool:
    """The build gives both the same time; copies of them may keep whole seconds only."""
    return abs(twin.stat().st_mtime - file.stat().st_mtime) < 1


@lru_cache(maxsize=1024)
def _etag(path: str, changed: int, size: int) -> str:
    return f'"{changed:x}-{size:x}"'


def missing_page(name: str) -> Response:
    """What stands where an app has not been built."""
    return HTMLResponse(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Not built yet</title>"
        f"<h1>{escape(name)} is not built yet</h1>"
        "<p>Run <code>npm ci &amp;&amp; npm run build</code> in the project's folder, "
        "or <code>make demo</code>, then load this page again.</p>"
        "<p>The API answers at <a href=/graphql>/graphql</a> in the meantime.</p>",
        status_code=503,
        headers={
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        },
    )
