"""Africa's Talking on this machine: POST /version1/messaging, and delivery reports.

What it does to a phone is told beforehand (`answers`); after that it accepts. Everything that it
took is in `taken`, also where the sender never learned of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

FAULTS = {402: "InvalidSenderId", 403: "InvalidPhoneNumber", 405: "InsufficientBalance"}
FAULTS |= {406: "UserInBlacklist", 407: "CouldNotRoute", 500: "InternalServerError"}
FAULTS |= {501: "GatewayError", 502: "RejectedByGateway"}
TAKES_AND_FAILS = "takes and fails"
"""HTTP 500 after the message was taken."""
TAKES_AND_HANGS = "takes and hangs"
"""Never answers, and has taken the message."""


@dataclass
class Sms:
    id: str
    phone: str
    text: str
    sender: str | None


@dataclass
class AfricasTalkingSimulator:
    """One account. `answers`: phone to what it is answered next: a status code of the recipient,
    "http <status>", "no recipients", "garbage", or one of the words above."""

    username: str = "chama"
    api_key: str = "atsk_simulated"
    taken: list[Sms] = field(default_factory=list)
    answers: dict[str, list[int | str]] = field(default_factory=dict)
    asked: int = 0
    mood: Callable[[], int | str] | None = None
    """What phones are answered for which nothing was told beforehand; else it accepts."""
    seconds: float = 0.0
    """How long each answer takes."""

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/version1/messaging", self._take, methods=["POST"])])

    def texts(self, phone: str) -> list[str]:
        return [sms.text for sms in self.taken if sms.phone == phone]

    async def _take(self, request: Request) -> Response:
        self.asked += 1
        assert request.headers["content-type"].startswith("application/x-www-form-urlencoded")
        form = {
            name: values[0] for name, values in parse_qs((await request.body()).decode()).items()
        }
        if request.headers.get("apikey") != self.api_key or form["username"] != self.username:
            return PlainTextResponse("The supplied authentication is invalid", 401)
        phone, text = form["to"], form["message"]
        assert phone.startswith("+254")
        waiting = self.answers.get(phone, [])
        usual = self.mood() if self.mood is not None else 101
        answer = waiting.pop(0) if waiting else usual
        await asyncio.sleep(self.seconds)
        if isinstance(answer, int) and answer not in (100, 101, 102):
            return self._answer([_refused(phone, answer)])
        if answer == "no recipients":
            return self._answer([], "InvalidSenderId")
        if answer == "garbage":
            return PlainTextResponse("<html>", 200)
        if isinstance(answer, str) and answer.startswith("http "):
            return PlainTextResponse("no", int(answer.split()[1]))
        sms = Sms(f"ATXid_{len(self.taken):08x}", phone, text, form.get("from"))
        self.taken.append(sms)
        if answer == TAKES_AND_FAILS:
            return PlainTextResponse("Internal Server Error", 500)
        if answer == TAKES_AND_HANGS:
            await asyncio.sleep(60)
        return self._answer(
            [
                {
                    "statusCode": answer,
                    "number": phone,
                    "cost": "KES 0.8000",
                    "status": "Success",
                    "messageId": sms.id,
                }
            ]
        )

    def _answer(self, recipients: list[dict[str, Any]], message: str | None = None) -> Response:
        done = sum(one["status"] == "Success" for one in recipients)
        said = message or f"Sent to {done}/{len(recipients)} Total Cost: KES {done * 0.8:.4f}"
        data = {"SMSMessageData": {"Message": said, "Recipients": recipients}}
        return JSONResponse(data, 201)


def _refused(phone: str, status: int) -> dict[str, Any]:
    return {
        "statusCode": status,
        "number": phone,
        "cost": "0",
        "status": FAULTS.get(status, "Failed"),
        "messageId": "None",
    }


def delivery(sms: Sms, status: str, **more: str) -> dict[str, str]:
    """The form of a delivery report."""
    return {
        "id": sms.id,
        "status": status,
        "phoneNumber": sms.phone,
        "networkCode": "63902",
        "retryCount": "0",
        **more,
    }
