"""The WhatsApp Cloud API on this machine: templates in, and signed status webhooks."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass
class Taken:
    id: str
    phone: str
    template: str
    language: str
    parameters: list[str]
    ours: str


@dataclass
class WhatsAppSimulator:
    """One phone number. `answers`: phone to error codes (or "http 500 taken") it is answered."""

    number: str = "106540352242922"
    token: str = "EAAsimulated"
    app_secret: str = "5f4dcc3b5aa765d61d8327deb882cf99"
    taken: list[Taken] = field(default_factory=list)
    answers: dict[str, list[int | str]] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{number}/messages", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return _error(401, 190, "Invalid OAuth access token.")
        assert request.path_params["number"] == self.number
        body = orjson.loads(await request.body())
        assert (body["messaging_product"], body["type"]) == ("whatsapp", "template")
        phone, template = body["to"], body["template"]
        parameters = [one["text"] for one in template["components"][0]["parameters"]]
        # Meta refuses these in parameters.
        assert not any("\n" in one or "\t" in one or "    " in one for one in parameters)
        waiting = self.answers.get(phone, [])
        answer = waiting.pop(0) if waiting else None
        if isinstance(answer, int):
            return _error(400, answer, "(#131026) Message undeliverable")
        number = len(self.taken)
        taken = Taken(
            f"wamid.HBgM{number:08d}",
            phone,
            template["name"],
            template["language"]["code"],
            parameters,
            body["biz_opaque_callback_data"],
        )
        self.taken.append(taken)
        if answer is not None:
            return Response(status_code=500)
        contacts = [{"input": phone, "wa_id": phone}]
        return JSONResponse(
            {
                "messaging_product": "whatsapp",
                "contacts": contacts,
                "messages": [{"id": taken.id}],
            }
        )

    def webhook(self, *values: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        """The body of a webhook and its headers, signed."""
        changes = [{"field": "messages", "value": value} for value in values]
        entry = [{"id": "102290129340398", "changes": changes}]
        body = orjson.dumps({"object": "whatsapp_business_account", "entry": entry})
        signature = hmac.new(self.app_secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}
        return body, headers


def status(taken: Taken, state: str) -> dict[str, Any]:
    """A value that reports one status."""
    return {
        "messaging_product": "whatsapp",
        "statuses": [
            {
                "id": taken.id,
                "status": state,
                "timestamp": "1732700000",
                "recipient_id": taken.phone,
                "biz_opaque_callback_data": taken.ours,
            }
        ],
    }


def word(phone: str, text: str) -> dict[str, Any]:
    """A value in which somebody wrote something."""
    message = {"from": phone, "id": "wamid.IN", "type": "text", "text": {"body": text}}
    return {"messaging_product": "whatsapp", "messages": [message]}


def _error(http: int, code: int, message: str) -> Response:
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    return JSONResponse({"error": error}, http)
