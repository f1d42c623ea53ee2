"""SMS by Africa's Talking (integrations: POST /version1/messaging, form-encoded).

It knows no key of ours: the same text sent twice goes out twice. So whatever is not certain is
UNKNOWN, and nobody repeats it by themselves.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import httpx

from app.config import SmsSettings
from app.integrations.messaging import Answer, Provider, Taken
from app.money import round_half_even

ACCEPTED = frozenset({100, 101, 102})
CODES: dict[int, tuple[Taken, str]] = {
    401: (Taken.LATER, "RISK_HOLD"),
    402: (Taken.LATER, "SENDER_ID"),
    403: (Taken.REFUSED, "PHONE_INVALID"),
    404: (Taken.REFUSED, "NUMBER_TYPE"),
    405: (Taken.LATER, "NO_BALANCE"),
    406: (Taken.REFUSED, "BLACKLISTED"),
    407: (Taken.REFUSED, "NO_ROUTE"),
    409: (Taken.REFUSED, "DO_NOT_DISTURB"),
    500: (Taken.LATER, "GATEWAY"),
    501: (Taken.LATER, "GATEWAY"),
    502: (Taken.LATER, "GATEWAY"),
}
"""Status codes of a recipient. What the office can mend (an empty account) is tried again."""
LONGEST_ID = 200


class AfricasTalking(Provider):
    """Sends SMS."""

    def __init__(self, settings: SmsSettings) -> None:
        super().__init__()
        self._settings = settings

    async def send(self, phone: str, text: str) -> Answer:
        """Hands one text to one phone (+2547…)."""
        form = {"username": self._settings.username, "to": phone, "message": text}
        if self._settings.sender is not None:
            form["from"] = self._settings.sender
        headers = {"apiKey": self._settings.api_key, "Accept": "application/json"}
        found = await self._ask(
            f"{self._settings.url}/version1/messaging", data=form, headers=headers
        )
        return found if isinstance(found, Answer) else _read(found)


def _read(response: httpx.Response) -> Answer:
    if response.status_code >= 400:
        return Answer(Taken.REFUSED, code=f"HTTP_{response.status_code}")
    try:
        data: Any = response.json()["SMSMessageData"]
        recipients = data["Recipients"]
        if not recipients:
            # Of the whole request, for instance "InvalidSenderId": nothing was sent.
            return Answer(Taken.LATER, code="NO_RECIPIENT")
        (found,) = recipients
        status = int(found["statusCode"])
    except (ValueError, KeyError, TypeError):
        return Answer(Taken.UNKNOWN, code="UNREADABLE")
    if status in ACCEPTED:
        provider_id = str(found.get("messageId") or "")[:LONGEST_ID] or None
        return Answer(Taken.ACCEPTED, provider_id, _cost(found.get("cost")))
    taken, code = CODES.get(status, (Taken.REFUSED, f"STATUS_{status}"))
    return Answer(taken, code=code)


def _cost(text: Any) -> int | None:
    """Cents of "KES 0.8000"."""
    try:
        number = Decimal(str(text).split()[-1])
        return round_half_even(number.scaleb(2)) if number.is_finite() else None
    except (InvalidOperation, IndexError):
        return None
