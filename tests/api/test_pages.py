"""What is served beside the API: health, configuration, the two apps and GraphiQL."""

from __future__ import annotations

import gzip
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from app.config import Settings
from app.pages import GRAPHIQL_CSP, Site, app_csp
from tests.support.http_api import HttpApi, running


@pytest.fixture(params=["sqlite"])
def databases(request: pytest.FixtureRequest) -> Any:
    """Nothing here depends on the database: one kind is enough."""
    return request.getfixturevalue("sqlite_databases")


@pytest.fixture
def site(tmp_path: Path) -> httpx.AsyncClient:
    dist = tmp_path / "dist"
    for name in ("index.html", "sw.js", "manifest.webmanifest", "assets/index-BxY3_a1Z.js"):
        (dist / name).parent.mkdir(parents=True, exist_ok=True)
        (dist / name).write_text(name)
    (tmp_path / "secret.txt").write_text("outside")
    app = Starlette(routes=[Route("/field/{path:path}", Site(dist, "The app", app_csp(None)))])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver")


async def test_files_and_the_index_for_every_other_path(site: httpx.AsyncClient) -> None:
    for path in ("", "groups/7", "index.html"):
        answer = await site.get(f"/field/{path}")
        assert (answer.status_code, answer.text) == (200, "index.html")
        assert answer.headers["cache-control"] == "no-cache"
    script = await site.get("/field/assets/index-BxY3_a1Z.js")
    assert "immutable" in script.headers["cache-control"]
    assert (await site.get("/field/assets/gone-12345678.js")).status_code == 404
    assert (await site.post("/field/")).status_code == 405


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
    ],
)
async def test_the_smallest_that_the_browser_takes_is_sent(
    site: httpx.AsyncClient, tmp_path: Path, accepted: str, encoding: str | None
) -> None:
    script = tmp_path / "dist" / "assets" / "index-BxY3_a1Z.js"
    _pack(script)
    headers = {"Accept-Encoding": accepted}
    async with site.stream("GET", "/field/assets/index-BxY3_a1Z.js", headers=headers) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == encoding
    assert body == {"br": b"brotli", "gzip": gzip.compress(b"x")}.get(
        str(encoding), script.read_bytes()
    )
    assert int(answer.headers["content-length"]) == len(body)
    assert "javascript" in answer.headers["content-type"]
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    headers["If-None-Match"] = answer.headers["etag"]
    again = await site.get("/field/assets/index-BxY3_a1Z.js", headers=headers)
    assert again.status_code == 304
    headers["Accept-Encoding"] = "br" if encoding != "br" else "identity"
    other = await site.head("/field/assets/index-BxY3_a1Z.js", headers=headers)
    assert other.status_code == 200


async def test_what_was_packed_from_an_older_file_is_not_sent(
    site: httpx.AsyncClient, tmp_path: Path
) -> None:
    page = tmp_path / "dist" / "index.html"
    _pack(page)
    page.write_text("newer")
    os.utime(page, (2_000_000_000, 2_000_000_000))
    answer = await site.get("/field/", headers={"Accept-Encoding": "gzip"})
    assert answer.text == "newer"
    assert "content-encoding" not in answer.headers


def _pack(file: Path) -> None:
    stat = file.stat()
    for ending, content in ((".br", b"brotli"), (".gz", gzip.compress(b"x"))):
        twin = file.with_name(file.name + ending)
        twin.write_bytes(content)
        os.utime(twin, ns=(stat.st_atime_ns, stat.st_mtime_ns))


async def test_the_service_worker_and_the_manifest_are_looked_at_anew(
    site: httpx.AsyncClient,
) -> None:
    worker = await site.get("/field/sw.js")
    assert worker.headers["service-worker-allowed"] == "/field/"
    assert worker.headers["cache-control"] == "no-cache"
    assert "javascript" in worker.headers["content-type"]
    manifest = await site.get("/field/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    again = await site.get("/field/sw.js", headers={"If-None-Match": worker.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_metrics_count_requests_and_operations(api: HttpApi) -> None:
    await api.http.get("/documents/0191e4b2-7c3a-7def-8abc-1234567890ab")
    answer = await api.http.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert 'tablebanking_request_seconds_count{route="/documents",status="401"}' in answer.text
    assert "tablebanking_operations_total" in answer.text


async def test_a_cached_page_keeps_its_policy(site: httpx.AsyncClient) -> None:
    page = await site.get("/field/")
    again = await site.get("/field/", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == page.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%00"])
async def test_nothing_outside_the_folder_is_served(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(f"/field/{path}")
    assert "outside" not in answer.text


async def test_an_app_that_is_not_built_says_how(tmp_path: Path) -> None:
    app = Starlette(routes=[Route("/{path:path}", Site(tmp_path, "The app", app_csp(None)))])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        answer = await client.get("/")
    assert answer.status_code == 503
    assert "npm run build" in answer.text


def test_pages_load_nothing_from_elsewhere_but_tiles_that_settings_name() -> None:
    assert "http" not in app_csp(None) + GRAPHIQL_CSP
    tiles = app_csp("https://{s}.tile.example/{z}/{x}/{y}.png")
    assert tiles.count("https://*.tile.example") == 2
    assert "script-src 'self';" in tiles
    assert "worker-src 'self' blob:" in GRAPHIQL_CSP


async def test_health_and_configuration(api: HttpApi) -> None:
    health = await api.http.get("/healthz")
    assert health.json() == {"status": "ok", "database": "ok", "broker": "ok"}
    config = (await api.http.get("/config.json")).json()
    assert (config["currency"], config["timezone"]) == ("KES", "Africa/Nairobi")
    assert set(config) == {"currency", "timezone", "tileUrl", "tileAttribution", "version"}


async def test_health_says_what_is_away(settings: Settings) -> None:
    async with running(replace(settings, redis_url="redis://127.0.0.1:1/0")) as api:
        health = await api.http.get("/healthz")
        assert health.status_code == 503
        assert health.json() == {"status": "unavailable", "database": "ok", "broker": "away"}


async def test_a_crash_outside_graphql_shows_a_reference_only(
    api: HttpApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Site, "_respond", lambda *_: 1 / 0)
    answer = await api.http.get("/anything")
    assert answer.status_code == 500
    assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "division" not in answer.text


async def test_long_answers_are_compressed_for_those_who_take_it(api: HttpApi) -> None:
    query = {"query": "{ __schema { types { name description } } }"}
    taken = await api.http.post("/graphql", json=query, headers={"Accept-Encoding": "gzip"})
    plain = await api.http.post("/graphql", json=query, headers={"Accept-Encoding": "identity"})
    assert taken.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert taken.json() == plain.json()
    assert "Accept-Encoding" in plain.headers["vary"]
