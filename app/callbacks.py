"""What providers of messages tell this server over HTTP: reports, and words of members.

Africa's Talking signs nothing, so a secret is part of the address; WhatsApp signs the body.
Whatever is forged is answered 404 or 403, changes nothing, and is logged without its content.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.models import MessageChannel, MessageState
from app.runtime import Runtime
from app.services.message_reports import Report, take_reports, take_word

LARGEST = 256 * 1024
LONGEST_ID = 200
MOST_REPORTS = 500
SMS_STATES = {
    "Success": MessageState.DELIVERED,
    "Failed": MessageState.FAILED,
    "Rejected": MessageState.FAILED,
}
"""The final ones; Sent, Submitted and Buffered say nothing new."""
WHATSAPP_STATES = {
    "sent": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.READ,
    "failed": MessageState.FAILED,
}
log = logging.getLogger(__name__)


def callback_routes() -> list[Route]:
    """The addresses that providers are given (docs/operations.md)."""
    return [
        Route("/api/sms/delivery/{secret}", _sms_report, methods=["POST"]),
        Route("/api/sms/inbound/{secret}", _sms_word, methods=["POST"]),
        Route("/api/whatsapp/webhook", _whatsapp, methods=["GET", "POST"]),
    ]


async def _sms_report(request: Request) -> Response:
    form = await _sms_form(request)
    if form is None:
        return _forged("sms")
    state = SMS_STATES.get(form.get("status", ""))
    provider_id = form.get("id", "")
    if state is not None and 0 < len(provider_id) <= LONGEST_ID:
        runtime: Runtime = request.app.state.runtime
        await take_reports(runtime, MessageChannel.SMS, [Report(provider_id, state)])
    return PlainTextResponse("ok")


async def _sms_word(request: Request) -> Response:
    form = await _sms_form(request)
    if form is None:
        return _forged("sms")
    await take_word(request.app.state.runtime, form.get("from", "")[:40], form.get("text", "")[:40])
    return PlainTextResponse("ok")


async def _sms_form(request: Request) -> dict[str, str] | None:
    """The form, of one who knows the secret."""
    runtime: Runtime = request.app.state.runtime
    sms = runtime.settings.messages.sms
    given = request.path_params["secret"].encode()
    if sms is None or not hmac.compare_digest(given, sms.callback_secret.encode()):
        return None
    body = await _body(request)
    if body is None:
        return {}
    try:
        fields = parse_qs(body.decode(), max_num_fields=50)
    except ValueError:
        return {}
    return {name: values[0].replace("\x00", "") for name, values in fields.items()}


async def _whatsapp(request: Request) -> Response:
    """GET proves to Meta that the address is ours; POST brings reports."""
    runtime: Runtime = request.app.state.runtime
    settings = runtime.settings.messages.whatsapp
    if settings is None:
        return _forged("whatsapp")
    if request.method in ("GET", "HEAD"):
        asked = request.query_params
        token = asked.get("hub.verify_token", "").encode()
        known = hmac.compare_digest(token, settings.verify_token.encode())
        challenge = asked.get("hub.challenge", "")
        if asked.get("hub.mode") != "subscribe" or not known or not challenge.isalnum():
            return _forged("whatsapp", 403)
        return PlainTextResponse(challenge[:200])
    body = await _body(request)
    given = request.headers.get("x-hub-signature-256", "").encode()
    wanted = b"sha256=" + _signature(settings.app_secret, body or b"").encode()
    if body is None or not hmac.compare_digest(given, wanted):
        return _forged("whatsapp", 403)
    try:
        values = _values(orjson.loads(body))
        reports = [found for value in values for found in _reports(value)]
        words = [found for value in values for found in _words(value)]
    except (ValueError, KeyError, TypeError, AttributeError):
        log.warning("a report that cannot be read", extra={"channel": "WHATSAPP"})
        return PlainTextResponse("ok")
    if reports:
        await take_reports(runtime, MessageChannel.WHATSAPP, reports[:MOST_REPORTS])
    for phone, text in words[:MOST_REPORTS]:
        await take_word(runtime, phone, text)
    return PlainTextResponse("ok")


def _signature(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _values(data: Any) -> list[dict[str, Any]]:
    return [
        change["value"] for entry in data.get("entry", []) for change in entry.get("changes", [])
    ]


def _reports(value: dict[str, Any]) -> list[Report]:
    found = []
    for status in value.get("statuses", []):
        state = WHATSAPP_STATES.get(status["status"])
        provider_id = status["id"]
        if state is not None and 0 < len(provider_id) <= LONGEST_ID:
            found.append(Report(provider_id, state, _ours(status.get("biz_opaque_callback_data"))))
    return found


def _words(value: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("+" + str(word["from"])[:20], str(word["text"]["body"])[:40])
        for word in value.get("messages", [])
        if word.get("type") == "text"
    ]


def _ours(text: Any) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


async def _body(request: Request) -> bytes | None:
    """Whole, or None where it is too large or breaks off."""
    found = b""
    try:
        async for piece in request.stream():
            found += piece
            if len(found) > LARGEST:
                return None
    except ClientDisconnect:
        return None
    return found


def _forged(channel: str, status: int = 404) -> Response:
    log.warning("a callback was refused", extra={"channel": channel})
    return PlainTextResponse("not found" if status == 404 else "forbidden", status)
