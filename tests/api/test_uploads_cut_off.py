"""Uploads when things go wrong: lines that break, two processes at once, a crash in between."""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.config import Settings
from app.models import Document, Member, Upload
from app.models.base import new_id
from app.services import attaching, upload_pieces
from app.services import uploads as service
from app.services.uploads import STRAY
from app.workers.uploads import remove_expired_uploads
from tests.api.desk import ON_ONE
from tests.live.hosts import Host
from tests.support.http_api import HttpApi, running
from tests.support.stage import rows_of
from tests.support.uploads import BYTES, Place, Sender, code, photograph, place

UPLOAD = """mutation($memberId: UUID!, $kind: DocumentKind!, $file: Upload!) {
  uploadDocument(memberId: $memberId, kind: $kind, file: $file) { id sha256 } }"""
REGISTER = """mutation($operations: [SyncOperationInput!]!) {
  syncBatch(operations: $operations) { results { outcome } } }"""


@pytest.fixture
async def here(api: HttpApi) -> Place:
    return await place(api)


@pytest.fixture
async def second(here: Place) -> AsyncIterator[Sender]:
    """The same phone, at another process of the same server."""
    async with running(here.api.runtime.settings) as other:
        yield replace(here.sender, http=other.http)


async def in_one_piece(here: Place, sender: Sender, **changes: Any) -> dict[str, Any]:
    values = {"memberId": str(here.member.id), "kind": sender.kind, "file": None, **changes}
    form = {
        "operations": json.dumps({"query": UPLOAD, "variables": values}),
        "map": json.dumps({"0": ["variables.file"]}),
    }
    answer = await sender.ask("POST", "/graphql", data=form, files={"0": ("file", sender.raw)})
    found: dict[str, Any] = answer.json()["data"]["uploadDocument"]
    return found


async def documents(here: Place) -> list[Document]:
    return await rows_of(here.api.runtime, Document)


@ON_ONE
async def test_a_phone_that_is_cut_off_ten_times_ends_with_the_same_bytes(
    settings: Settings,
) -> None:
    """Over real connections to two processes in turn, each of which ends somewhere."""
    chance = random.Random(3)
    hosts = [Host(settings), Host(settings)]
    await asyncio.gather(*(host.start() for host in hosts))
    try:
        async with running(settings) as api:
            here = await place(api)
            sender = here.sender
            await sender.begin()
            offsets = [0]
            for turn in range(10):
                sent = chance.randrange(1, len(sender.raw) // 11)
                await cut_off(hosts[turn % 2].address, sender, offsets[-1], sent)
                offsets.append(await sender.offset())
            assert len(set(offsets)) > 2, "little was kept of what came"
            document = await finish(sender)
            assert document["id"] == str(sender.id)
            assert len(await documents(here)) == 1
            # The picture of what came in one piece is the same, and so the same document.
            assert (await in_one_piece(here, sender))["id"] == document["id"]
    finally:
        await asyncio.gather(*(host.stop() for host in hosts))


async def cut_off(address: str, sender: Sender, offset: int, sent: int) -> None:
    """Announces all that is left, sends so many bytes of it, and is gone."""
    name, _, port = address.partition(":")
    _, writer = await asyncio.open_connection(name, int(port))
    head = (
        f"PATCH {sender.path} HTTP/1.1\r\nHost: {address}\r\n"
        f"Authorization: Bearer {sender.token}\r\nContent-Type: {BYTES}\r\n"
        f"Upload-Offset: {offset}\r\nContent-Length: {len(sender.raw) - offset}\r\n\r\n"
    )
    writer.write(head.encode() + sender.raw[offset : offset + sent])
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.close()
    await writer.wait_closed()
    await asyncio.sleep(0.05)


async def finish(sender: Sender) -> dict[str, Any]:
    """Sends what is left; the document. The last piece that was cut off may still be counted."""
    while True:
        offset = await sender.offset()
        answer = await sender.send(offset, sender.raw[offset:])
        if answer.status_code == 200:
            found: dict[str, Any] = answer.json()["document"]
            return found
        assert code(answer) == (409, "OFFSET_MISMATCH")


async def test_the_same_piece_at_two_processes_counts_once(here: Place, second: Sender) -> None:
    first = here.sender
    piece = first.raw[:5000]
    await first.begin()
    answers = await asyncio.gather(
        *((first, second)[n % 2].send(0, piece[: len(piece) - n]) for n in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    offset = await second.offset()
    assert len(here.stored("uploads")) == 1
    rest = first.raw[offset:]
    ends = await asyncio.gather(*((first, second)[n % 2].send(offset, rest) for n in range(4)))
    made = [answer for answer in ends if answer.status_code == 200]
    assert made
    assert {code(answer) for answer in ends if answer not in made} <= {(409, "OFFSET_MISMATCH")}
    assert {answer.json()["document"]["id"] for answer in made} == {str(first.id)}
    (row,) = await documents(here)
    picture = await second.ask("GET", f"/documents/{first.id}")
    assert (picture.status_code, len(picture.content)) == (200, row.size)
    assert here.stored("uploads") == []


@ON_ONE
async def test_who_comes_second_with_the_last_piece_hears_that_other_bytes_are_awaited(
    here: Place, second: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the first one has removed the pieces just before they are joined."""
    join, rest = upload_pieces.join, second.raw[500:]
    await second.begin()
    await second.send(0, second.raw[:500])

    async def late_join(*given: Any) -> bytes:
        monkeypatch.setattr(upload_pieces, "join", join)
        assert (await second.send(500, rest)).status_code == 200
        return await join(*given)

    monkeypatch.setattr(upload_pieces, "join", late_join)
    assert code(await here.sender.send(500, rest)) == (409, "OFFSET_MISMATCH")
    assert (await here.sender.begin()).json()["document"]["id"] == str(second.id)


@ON_ONE
async def test_two_processes_begin_the_same_upload(here: Place, second: Sender) -> None:
    answers = await asyncio.gather(*((here.sender, second)[n % 2].begin() for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len(await rows_of(here.api.runtime, Upload)) == 1


@ON_ONE
async def test_a_crash_between_a_piece_and_its_row_loses_no_byte(
    here: Place, second: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = here.sender
    await sender.begin()

    async def dies(*_: Any) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr(here.api.runtime.db, "transact", dies)
        assert (await sender.send(0, sender.raw[:500])).status_code == 500
    (stray,) = here.stored("uploads")
    assert await second.offset() == 0
    assert (await second.send(0, sender.raw[:700])).json()["offset"] == 700
    with monkeypatch.context() as broken:
        broken.setattr(attaching, "carry_out", dies)
        assert (await sender.send(700, sender.raw[700:])).status_code == 500
    assert await documents(here) == []
    answer = await second.send(700, sender.raw[700:])
    assert answer.json()["document"]["id"] == str(sender.id)
    assert (await sender.ask("GET", f"/documents/{sender.id}")).status_code == 200
    await remove_expired_uploads({"runtime": here.api.runtime})
    assert here.stored("uploads") == [stray]
    long_ago = stray.stat().st_mtime - STRAY.total_seconds() - 60
    os.utime(stray, (long_ago, long_ago))
    await remove_expired_uploads({"runtime": here.api.runtime})
    assert here.stored("uploads") == []


@ON_ONE
async def test_a_piece_of_a_cancelled_upload_does_not_count_for_the_one_begun_anew(
    here: Place, second: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = here.sender
    put = upload_pieces.put
    await sender.begin()

    async def slow_put(*given: Any) -> str:
        monkeypatch.setattr(upload_pieces, "put", put)
        name = await put(*given)
        assert (await second.ask("DELETE", sender.path)).status_code == 204
        assert (await second.begin()).status_code == 201
        return name

    monkeypatch.setattr(upload_pieces, "put", slow_put)
    assert code(await sender.send(0, sender.raw[:500])) == (409, "OFFSET_MISMATCH")
    assert await second.offset() == 0
    assert here.stored("uploads") == []
    assert (await second.send(0, sender.raw)).json()["document"]["id"] == str(sender.id)


@ON_ONE
async def test_what_is_cancelled_while_its_document_is_made_does_not_come_back(
    here: Place, second: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach = service.attach
    await here.sender.begin()

    async def slow_attach(*given: Any, **more: Any) -> Document:
        assert (await second.ask("DELETE", second.path)).status_code == 204
        return await attach(*given, **more)

    monkeypatch.setattr(service, "attach", slow_attach)
    assert (await here.sender.send(0, here.sender.raw)).status_code == 200
    assert await rows_of(here.api.runtime, Upload) == []
    assert (await second.begin()).json()["document"]["id"] == str(second.id)


async def test_the_same_file_again_is_the_same_document(here: Place) -> None:
    """Under another id, or in one piece: as long as no other paper has taken its place."""
    first = await here.sender.all()
    again = replace(here.sender, id=new_id())
    assert (await again.all())["id"] == first["id"]
    assert (await again.ask("GET", again.path)).json()["document"]["id"] == first["id"]
    assert (await again.begin()).json()["document"]["id"] == first["id"]
    assert (await in_one_piece(here, again))["id"] == first["id"]
    assert (await in_one_piece(here, again, kind="ID_BACK"))["id"] != first["id"]
    verify = "mutation V($m: UUID!) { verifyIdentity(memberId: $m) { idVerified } }"
    await here.api.execute(verify, {"m": str(here.member.id)}, here.sender.token)
    await in_one_piece(here, again)
    (member,) = await rows_of(here.api.runtime, Member)
    assert member.id_verified
    assert len(here.stored("documents")) == 2
    newer = replace(here.sender, id=new_id(), raw=photograph())
    assert await newer.all()
    # Back to the first picture: now it counts anew, and must be looked at again.
    assert (await in_one_piece(here, again))["id"] not in {first["id"], str(newer.id)}
    (member,) = await rows_of(here.api.runtime, Member)
    assert not member.id_verified
    assert len(await documents(here)) == len(here.stored("documents")) == 4


async def test_papers_that_come_before_the_registration_wait_on_the_phone(here: Place) -> None:
    member_id: UUID = new_id()
    early = replace(here.sender, member_id=member_id)
    assert code(await early.begin()) == (409, "UNKNOWN_MEMBER")
    assert await rows_of(here.api.runtime, Upload) == []
    person = {
        "id": str(member_id),
        "groupId": str(here.group.id),
        "memberName": "Wanjiku Kamau",
        "idNumber": "87654321",
        "phone": "0712345679",
        "offlineSyncId": str(new_id()),
    }
    batch = {"operations": [{"registerMember": person}]}
    answer = await here.api.execute(REGISTER, batch, early.token)
    assert answer.data["syncBatch"]["results"] == [{"outcome": "APPLIED"}]
    assert (await early.all())["kind"] == "ID_FRONT"
