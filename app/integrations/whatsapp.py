"""WhatsApp by Meta's Cloud API: templates that Meta has approved, filled with parameters.

It has no idempotency key either. But it sends `biz_opaque_callback_data` back with every report:
our message's id, by which a report settles a message whose answer was lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx

from app.config import WhatsAppSettings
from app.integrations.messaging import Answer, Provider, Taken

BUSY = frozenset({4, 80007, 130429, 131048, 131056, 131016, 133016})
"""Error codes that say: later."""
LONGEST_ID = 200


class WhatsApp(Provider):
    """Sends templates."""

    def __init__(self, settings: WhatsAppSettings) -> None:
        super().__init__()
        self._settings = settings

    async def send(
        self, phone: str, template: str, language: str, parameters: Sequence[str], ours: UUID
    ) -> Answer:
        """Hands one template to one phone (+2547…); `ours` comes back with the reports."""
        body = {
            "messaging_product": "whatsapp",
            "to": phone.removeprefix("+"),
            "type": "template",
            "template": {
                "name": template,
                "language": {"code": language},
                "components": [
                    {
                        "type": "body",
                        "parameters": [{"type": "text", "text": text} for text in parameters],
                    }
                ],
            },
            "biz_opaque_callback_data": str(ours),
        }
        found = await self._ask(
            f"{self._settings.url}/{self._settings.phone_number_id}/messages",
            json=body,
            headers={"Authorization": f"Bearer {self._settings.token}"},
        )
        return found if isinstance(found, Answer) else _read(found)


def _read(response: httpx.Response) -> Answer:
    try:
        data: Any = response.json()
        if response.status_code >= 400:
            code = int(data["error"]["code"])
            if code in BUSY:
                return Answer(Taken.LATER, code=f"WHATSAPP_{code}")
            return Answer(Taken.REFUSED, code=f"WHATSAPP_{code}")
        return Answer(Taken.ACCEPTED, str(data["messages"][0]["id"])[:LONGEST_ID])
    except (ValueError, KeyError, TypeError, IndexError):
        if response.status_code >= 400:
            return Answer(Taken.REFUSED, code=f"HTTP_{response.status_code}")
        return Answer(Taken.UNKNOWN, code="UNREADABLE")
