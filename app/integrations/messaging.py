"""What every provider of messages is asked, and what it may answer."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

import httpx

TIMEOUT_SECONDS = 10.0
NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Nothing was sent: the line was never there."""


class Taken(enum.Enum):
    """What became of a message at the provider."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """It will not take this message, however often."""
    LATER = "later"
    """It certainly did not take it, and may do so later."""
    UNKNOWN = "unknown"
    """It was asked, and nobody knows whether it took it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`cost` in cents where the provider said it; `code` says why not, without personal data."""

    taken: Taken
    provider_id: str | None = None
    cost: int | None = None
    code: str | None = None


class Provider:
    """One for a worker; `close` at its end."""

    def __init__(self) -> None:
        # Never led elsewhere: a redirect is no answer.
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def _ask(self, url: str, **request: Any) -> httpx.Response | Answer:
        """The response whose body has to be read, or the Answer where there is none."""
        try:
            response = await self._http.post(url, **request)
        except NOT_REACHED:
            return Answer(Taken.LATER, code="NOT_REACHED")
        except httpx.HTTPError:
            return Answer(Taken.UNKNOWN, code="NO_ANSWER")
        return _failed(response.status_code) or response


def _failed(status: int) -> Answer | None:
    """What an HTTP status says by itself; None where the body has to.

    429 and 503 say that nothing was taken. Any other 5xx may come after it was.
    """
    if status in (401, 403):
        return Answer(Taken.LATER, code="UNAUTHORISED")
    if status in (429, 503):
        return Answer(Taken.LATER, code=f"HTTP_{status}")
    if status >= 500 or 300 <= status < 400:
        return Answer(Taken.UNKNOWN, code=f"HTTP_{status}")
    return None
