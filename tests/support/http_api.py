"""The application in the test's own process, asked over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.applications import Starlette

from app.config import Settings
from app.main import create_app
from app.runtime import Runtime
from tests.support.factories import Factory


@dataclass(frozen=True)
class HttpAnswer:
    """A GraphQL answer, taken apart."""

    status: int
    data: Any
    errors: list[dict[str, Any]]

    @property
    def code(self) -> str:
        """The code of the one error."""
        assert len(self.errors) == 1, self
        found: str = self.errors[0]["extensions"]["code"]
        return found

    @property
    def field(self) -> str | None:
        """The field that the one error names."""
        assert len(self.errors) == 1, self
        found: str | None = self.errors[0]["extensions"].get("field")
        return found


class HttpApi:
    """A running application and a client of it."""

    def __init__(self, app: Starlette, http: httpx.AsyncClient) -> None:
        self.app = app
        self.http = http
        self.runtime: Runtime = app.state.runtime
        self.factory = Factory(self.runtime)

    async def execute(
        self, query: str, variables: dict[str, Any] | None = None, token: str | None = None
    ) -> HttpAnswer:
        """POSTs one operation; `token` is an access token."""
        response = await self.http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"Authorization": f"Bearer {token}"} if token is not None else {},
        )
        body = response.json()
        return HttpAnswer(response.status_code, body.get("data"), body.get("errors", []))


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[HttpApi]:
    """The application for `settings`, started; stopped at the end."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as http,
    ):
        yield HttpApi(app, http)
