"""A plain client of /uploads, and files to send by it."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from PIL import Image

from app.models import BankingGroup, Meeting, Member
from app.models.base import new_id
from tests.support.factories import LONG_AGO, Factory, Person
from tests.support.http_api import HttpApi

BYTES = "application/offset+octet-stream"


def photograph(kind: str = "JPEG", size: tuple[int, int] = (400, 300)) -> bytes:
    """A picture that no compression makes small: some 100 KB."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, kind)
    return out.getvalue()


def pieces_of(raw: bytes, number: int = 3) -> list[bytes]:
    step = len(raw) // number + 1
    return [raw[at : at + step] for at in range(0, len(raw), step)]


@dataclass
class Sender:
    """One officer's phone. What it is to send is `raw`."""

    http: httpx.AsyncClient
    token: str | None
    member_id: UUID | None
    raw: bytes = field(default_factory=photograph)
    id: UUID = field(default_factory=new_id)
    kind: str = "ID_FRONT"
    group_id: UUID | None = None

    @property
    def path(self) -> str:
        return f"/uploads/{self.id}"

    def description(self, **changes: Any) -> dict[str, Any]:
        values = {
            "id": str(self.id),
            "memberId": str(self.member_id) if self.member_id else None,
            "groupId": str(self.group_id) if self.group_id else None,
            "kind": self.kind,
            "size": len(self.raw),
            "sha256": hashlib.sha256(self.raw).hexdigest(),
            **changes,
        }
        return {name: value for name, value in values.items() if value is not None}

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Accept": "application/json", **more.pop("headers", {})}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        return await self.http.request(method, path, headers=headers, **more)

    async def begin(self, **changes: Any) -> httpx.Response:
        return await self.ask("POST", "/uploads", json=self.description(**changes))

    async def begin_as_tus_does(self) -> httpx.Response:
        values = self.description()
        size = str(values.pop("size"))
        metadata = ",".join(
            f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items()
        )
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": size, "Upload-Metadata": metadata}
        return await self.ask("POST", "/uploads", headers={**headers, "Accept": "*/*"})

    async def send(self, offset: int, piece: Any, **headers: str) -> httpx.Response:
        given = {"Content-Type": BYTES, "Upload-Offset": str(offset), **headers}
        return await self.ask("PATCH", self.path, headers=given, content=piece)

    async def all(self) -> dict[str, Any]:
        """Sends everything; the document."""
        assert (await self.begin()).status_code == 201
        offset = 0
        for piece in pieces_of(self.raw):
            answer = await self.send(offset, piece)
            offset += len(piece)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()["document"]
        return found

    async def offset(self) -> int:
        return int((await self.ask("HEAD", self.path)).headers["upload-offset"])


@dataclass(frozen=True)
class Place:
    """A group with its officer and a member, and what stands in the folder of its server."""

    api: HttpApi
    group: BankingGroup
    officer: Person
    member: Member
    sender: Sender

    async def token(self, person: Person) -> str:
        return (await self.api.factory.sign_in(person)).access_token

    async def another(self, person: Person) -> Sender:
        """Somebody else who tries for the same upload."""
        first = self.sender
        token = await self.token(person)
        return Sender(self.api.http, token, first.member_id, first.raw, first.id)

    async def meeting(self) -> Meeting:
        return await meeting(self.api.factory, self.group)

    def stored(self, kind: str) -> list[Path]:
        folder = self.api.runtime.settings.data_dir / "files" / kind
        return [path for path in folder.rglob("*") if path.is_file()]


async def place(api: HttpApi) -> Place:
    group = await api.factory.group()
    officer = await api.factory.officer(group)
    member = await api.factory.member(group)
    token = (await api.factory.sign_in(officer)).access_token
    return Place(api, group, officer, member, Sender(api.http, token, member.id))


async def meeting(make: Factory, group: BankingGroup) -> Meeting:
    """An open meeting of the group."""
    row = Meeting(
        group_id=group.id, meeting_date=LONG_AGO.date(), opened_by=group.id, opened_at=LONG_AGO
    )
    await make.save(row)
    return row


def code(answer: httpx.Response) -> tuple[int, str]:
    """HTTP's status and the code of the one error."""
    (error,) = answer.json()["errors"]
    return answer.status_code, error["extensions"]["code"]
