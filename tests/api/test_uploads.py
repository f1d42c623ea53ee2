"""Documents in pieces: cut off, gone on with, and made once."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from app import clock, uploads
from app.config import Settings
from app.models import Document, Upload
from app.models.base import new_id
from app.services import upload_begin
from app.services import uploads as service
from app.services.uploads import MAX_PIECE
from app.workers.uploads import remove_expired_uploads
from tests.api.desk import ON_ONE
from tests.support.http_api import HttpApi, running
from tests.support.s3_server import S3Server
from tests.support.stage import erase, rows_of, unassign
from tests.support.uploads import BYTES, Place, code, meeting, pieces_of, place


@pytest.fixture
async def here(api: HttpApi) -> Place:
    return await place(api)


async def change(here: Place, statement: Any) -> None:
    async def work(session: Any) -> None:
        await session.execute(statement)

    await here.api.runtime.db.transact(work)


async def expire(here: Place) -> None:
    past = clock.now() - timedelta(seconds=1)
    await change(here, update(Upload).values(expires_at=past))


async def documents(here: Place) -> list[Document]:
    return await rows_of(here.api.runtime, Document)


async def test_a_document_in_pieces(here: Place) -> None:
    sender = here.sender
    first, second, third = pieces_of(sender.raw)
    begun = await sender.begin()
    assert (begun.status_code, begun.headers["location"]) == (201, sender.path)
    assert begun.json()["offset"] == 0
    assert begun.headers["tus-resumable"] == "1.0.0"
    assert begun.headers["upload-expires"].endswith("GMT")
    answer = await sender.send(0, first)
    assert (answer.status_code, answer.json()["offset"]) == (200, len(first))
    await sender.send(len(first), second)
    for stored in here.stored("uploads"):
        # Sealed: what a JPEG begins with, and what it holds, cannot be found in it.
        assert first[:64] not in stored.read_bytes()
    assert len(here.stored("uploads")) == 2
    answer = await sender.send(len(first + second), third)
    document = answer.json()["document"]
    assert document["id"] == str(sender.id)
    assert (document["kind"], document["contentType"]) == ("ID_FRONT", "image/jpeg")
    assert here.stored("uploads") == []
    picture = await sender.ask("GET", document["url"])
    assert hashlib.sha256(picture.content).hexdigest() == document["sha256"]
    assert len(await documents(here)) == 1


async def test_a_standard_client_is_understood(here: Place) -> None:
    """By headers alone, as curl or a tus library sends them; no body but the bytes."""
    sender = here.sender
    about = await sender.ask("OPTIONS", "/uploads")
    assert (about.status_code, about.headers["tus-version"]) == (204, "1.0.0")
    assert about.headers["tus-extension"] == "creation,expiration,termination"
    assert about.headers["tus-max-size"] == str(5 * 1024 * 1024)
    assert (await sender.begin_as_tus_does()).status_code == 201
    offset = 0
    for piece in pieces_of(sender.raw):
        told = await sender.ask("HEAD", sender.path, headers={"Tus-Resumable": "1.0.0"})
        assert told.headers["upload-offset"] == str(offset)
        assert told.headers["upload-length"] == str(len(sender.raw))
        assert told.headers["cache-control"] == "no-store"
        answer = await sender.send(offset, piece, Accept="*/*", **{"Tus-Resumable": "1.0.0"})
        assert (answer.status_code, answer.content) == (204, b"")
        offset += len(piece)
    assert answer.headers["content-location"] == f"/documents/{sender.id}"
    assert answer.headers["upload-offset"] == str(len(sender.raw))


async def test_networks_that_let_no_patch_through(here: Place) -> None:
    sender = here.sender
    await sender.begin()
    headers = {"X-HTTP-Method-Override": "PATCH", "Content-Type": BYTES, "Upload-Offset": "0"}
    answer = await sender.ask("POST", sender.path, headers=headers, content=sender.raw)
    assert answer.json()["document"]["id"] == str(sender.id)


async def test_what_is_repeated_answers_the_same_again(here: Place) -> None:
    sender = here.sender
    document = await sender.all()
    whole = len(sender.raw)
    again = await sender.begin()
    assert (again.status_code, again.json()["document"]) == (200, document)
    assert (await sender.send(whole, b"")).json()["document"] == document
    assert (await sender.ask("GET", sender.path)).json()["document"] == document
    assert code(await sender.send(0, sender.raw[:9])) == (409, "OFFSET_MISMATCH")
    assert code(await sender.ask("DELETE", sender.path)) == (409, "UPLOAD_FINISHED")
    await change(here, delete(Upload))
    # Nothing but the document is left of it, and the phone still has not heard of its end.
    again = await sender.begin()
    assert (again.status_code, again.json()["document"]) == (200, document)
    assert again.json()["offset"] == whole
    assert code(await sender.begin(kind="ID_BACK")) == (409, "ID_REUSED")
    assert len(await documents(here)) == 1


async def test_a_member_s_papers_count_as_uploaded(here: Place) -> None:
    for kind in ("ID_FRONT", "ID_BACK"):
        await replace(here.sender, id=new_id(), kind=kind).all()
    verify = "mutation V($m: UUID!) { verifyIdentity(memberId: $m) { idVerified } }"
    answer = await here.api.execute(verify, {"m": str(here.member.id)}, here.sender.token)
    assert answer.data["verifyIdentity"]["idVerified"] is True


async def test_minutes_of_a_group_and_of_its_meeting(here: Place) -> None:
    held = await here.meeting()
    elsewhere = await meeting(here.api.factory, await here.api.factory.group())
    sender = replace(here.sender, kind="MINUTES", member_id=None, group_id=here.group.id)
    assert code(await sender.begin(meetingId=str(elsewhere.id))) == (409, "UNKNOWN_MEETING")
    assert (await sender.begin(meetingId=str(held.id))).status_code == 201
    first, *rest = pieces_of(sender.raw)
    await sender.send(0, first)
    answer = await sender.send(len(first), b"".join(rest))
    assert answer.json()["document"]["kind"] == "MINUTES"
    assert (await sender.ask("GET", f"/documents/{sender.id}")).status_code == 200
    assert await replace(sender, id=new_id()).all()
    of_meeting, of_group = await documents(here)
    assert (of_meeting.group_id, of_meeting.member_id) == (here.group.id, None)
    assert {of_meeting.meeting_id, of_group.meeting_id} == {held.id, None}


async def test_in_the_s3_store(settings: Settings, s3: S3Server) -> None:
    async with running(s3.settings(settings)) as api:
        here = await place(api)
        document = await here.sender.all()
        picture = await here.sender.ask("GET", document["url"])
        assert (picture.status_code, len(picture.content)) == (200, document["size"])
        store: Any = api.runtime.storage
        listed = store._client.list_objects_v2(Bucket=store._bucket)["Contents"]
        own = [item["Key"] for item in listed if str(here.sender.id) in item["Key"]]
        assert own == [f"documents/{here.sender.id}"]


@ON_ONE
async def test_a_piece_that_takes_too_long_is_kept_as_far_as_it_came(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_SECONDS", 0.2)
    sender = here.sender
    await sender.begin()

    async def slowly() -> AsyncIterator[bytes]:
        yield sender.raw[:1000]
        await asyncio.sleep(1)
        yield sender.raw[1000:]

    assert code(await sender.send(0, slowly())) == (408, "REQUEST_TIMEOUT")
    assert await sender.offset() == 1000
    answer = await sender.send(1000, sender.raw[1000:])
    assert answer.json()["document"]["id"] == str(sender.id)


async def test_what_is_not_the_file_that_was_announced(here: Place) -> None:
    sender = here.sender
    await sender.begin()
    first, second, third = pieces_of(sender.raw)
    await sender.send(0, first)
    await sender.send(len(first), bytes(len(second)))
    answer = await sender.send(len(first + second), third)
    assert code(answer) == (422, "CHECKSUM_MISMATCH")
    assert (here.stored("uploads"), here.stored("documents")) == ([], [])
    assert (await sender.ask("HEAD", sender.path)).status_code == 404
    assert await sender.all()


@pytest.mark.parametrize(
    "raw",
    [b"x", b"GIF89a" * 99, b"%PDF-1.7 broken", b"PK\x03\x04" + bytes(900), b"\xff\xd8\xff" * 99],
    ids=["a letter", "a GIF", "a broken PDF", "an archive", "a broken JPEG"],
)
@ON_ONE
async def test_what_is_no_document_ends_with_nothing(here: Place, raw: bytes) -> None:
    sender = replace(here.sender, raw=raw)
    await sender.begin()
    await sender.send(0, raw[:-1])
    answer = await sender.send(len(raw) - 1, raw[-1:])
    assert code(answer) == (400, "BAD_INPUT")
    assert answer.json()["errors"][0]["extensions"]["field"] == "file"
    assert (here.stored("uploads"), here.stored("documents")) == ([], [])
    assert await rows_of(here.api.runtime, Upload) == []
    assert await documents(here) == []


@ON_ONE
async def test_a_store_that_lost_a_piece(here: Place) -> None:
    sender = here.sender
    await sender.begin()
    first, *rest = pieces_of(sender.raw)
    await sender.send(0, first)
    (lost,) = here.stored("uploads")
    lost.unlink()
    assert code(await sender.send(len(first), b"".join(rest))) == (422, "CHECKSUM_MISMATCH")
    assert await sender.all()


@ON_ONE
async def test_pieces_that_do_not_fit(here: Place) -> None:
    sender = here.sender
    await sender.begin()
    assert code(await sender.send(5, sender.raw[5:])) == (409, "OFFSET_MISMATCH")
    assert code(await sender.send(0, sender.raw + b"x")) == (413, "TOO_LARGE")
    assert code(await sender.send(0, bytes(MAX_PIECE + 1))) == (413, "TOO_LARGE")

    async def without_a_length() -> AsyncIterator[bytes]:
        yield sender.raw
        yield b"x"

    assert code(await sender.send(0, without_a_length())) == (413, "TOO_LARGE")
    for offset in ("-1", "x", "", "1e3", "9" * 30, "²"):
        headers = {"Content-Type": BYTES, "Upload-Offset": offset.encode()}
        answer = await sender.ask("PATCH", sender.path, headers=headers, content=b"x")
        assert code(answer) == (400, "BAD_INPUT"), offset
    headers = {"Content-Type": "application/json", "Upload-Offset": "0"}
    answer = await sender.ask("PATCH", sender.path, headers=headers, content=b"x")
    assert code(answer) == (415, "MEDIA_NOT_SUPPORTED")
    assert await sender.offset() == 0
    assert here.stored("uploads") == []


BAD_DESCRIPTIONS: list[tuple[dict[str, Any], tuple[int, str], str]] = [
    ({"id": None}, (400, "BAD_INPUT"), "id"),
    ({"id": "one"}, (400, "BAD_INPUT"), "id"),
    ({"id": 5}, (400, "BAD_INPUT"), "id"),
    ({"memberId": None}, (400, "BAD_INPUT"), "memberId"),
    ({"memberId": "x"}, (400, "BAD_INPUT"), "memberId"),
    ({"memberId": str(new_id())}, (409, "UNKNOWN_MEMBER"), "memberId"),
    ({"groupId": str(new_id())}, (409, "UNKNOWN_MEMBER"), "memberId"),
    ({"meetingId": str(new_id())}, (400, "BAD_INPUT"), "memberId"),
    ({"kind": None}, (400, "BAD_INPUT"), "kind"),
    ({"kind": "PASSPORT"}, (400, "BAD_INPUT"), "kind"),
    ({"kind": "MINUTES"}, (400, "BAD_INPUT"), "groupId"),
    ({"kind": "MINUTES", "memberId": None}, (400, "BAD_INPUT"), "groupId"),
    (
        {"kind": "MINUTES", "memberId": None, "groupId": str(new_id())},
        (409, "UNKNOWN_GROUP"),
        "groupId",
    ),
    ({"size": None}, (400, "BAD_INPUT"), "size"),
    ({"size": 0}, (400, "BAD_INPUT"), "size"),
    ({"size": -1}, (400, "BAD_INPUT"), "size"),
    ({"size": 1.5}, (400, "BAD_INPUT"), "size"),
    ({"size": True}, (400, "BAD_INPUT"), "size"),
    ({"size": 5 * 1024 * 1024 + 1}, (413, "TOO_LARGE"), "size"),
    ({"sha256": "0" * 63}, (400, "BAD_INPUT"), "sha256"),
    ({"sha256": ["0" * 64]}, (400, "BAD_INPUT"), "sha256"),
]


@ON_ONE
async def test_descriptions_of_no_document(here: Place) -> None:
    for changes, expected, field in BAD_DESCRIPTIONS:
        answer = await here.sender.begin(**changes)
        assert code(answer) == expected, changes
        assert answer.json()["errors"][0]["extensions"]["field"] == field, changes
    for body in (b"", b"[]", b"null", b"{", b'"x"', b'{"id": "\xff"}', b" " * 5000):
        headers = {"Content-Type": "application/json"}
        answer = await here.sender.ask("POST", "/uploads", headers=headers, content=body)
        assert answer.status_code in (400, 413), body
    for metadata in ("id", "id !!!", "id /w==", "kind SURfRlJPTlQ=", ",,", " "):
        headers = {"Upload-Length": "5", "Upload-Metadata": metadata}
        answer = await here.sender.ask("POST", "/uploads", headers=headers)
        assert code(answer) == (400, "BAD_INPUT"), metadata
    assert code(await here.sender.ask("POST", "/uploads")) == (400, "BAD_INPUT")
    assert await rows_of(here.api.runtime, Upload) == []


@ON_ONE
async def test_an_upload_is_its_officer_s_alone(here: Place) -> None:
    make = here.api.factory
    await here.sender.begin()
    await here.sender.send(0, here.sender.raw[:500])
    others = {
        "of the same group": await here.another(await make.officer(here.group)),
        "an administrator": await here.another(await make.admin()),
    }
    for who, other in others.items():
        assert (await other.ask("HEAD", other.path)).status_code == 404, who
        assert code(await other.ask("GET", other.path)) == (404, "NOT_FOUND"), who
        assert code(await other.send(500, other.raw[500:])) == (404, "NOT_FOUND"), who
        assert code(await other.ask("DELETE", other.path)) == (404, "NOT_FOUND"), who
        assert code(await other.begin()) == (409, "ID_REUSED"), who
    assert code(await here.sender.begin(kind="ID_BACK")) == (409, "ID_REUSED")
    assert await here.sender.offset() == 500


@ON_ONE
async def test_who_may_send_nothing(here: Place) -> None:
    make = here.api.factory
    await here.sender.begin()
    nobody = replace(here.sender, token=None)
    signatory = await here.another(await make.chair(here.group))
    stranger = await here.another(await make.officer(await make.group()))
    for sender, expected in (
        (nobody, (401, "UNAUTHENTICATED")),
        (replace(nobody, token="forged"), (401, "UNAUTHENTICATED")),
        (signatory, (403, "FORBIDDEN")),
        (stranger, (404, "NOT_FOUND")),
    ):
        unknown = (409, "UNKNOWN_MEMBER") if sender is stranger else expected
        assert code(await sender.begin(id=str(new_id()))) == unknown
        assert code(await sender.ask("GET", sender.path)) == expected
        assert code(await sender.send(0, sender.raw)) == expected
        assert code(await sender.ask("DELETE", sender.path)) == expected
    assert await here.sender.offset() == 0


@ON_ONE
async def test_an_officer_who_leaves_the_group_does_not_go_on(here: Place) -> None:
    await here.sender.begin()
    await here.sender.send(0, here.sender.raw[:500])
    await unassign(here.api.runtime, here.officer, here.group.id)
    assert code(await here.sender.send(500, here.sender.raw[500:])) == (404, "NOT_FOUND")
    assert code(await here.sender.begin()) == (409, "UNKNOWN_MEMBER")
    assert await documents(here) == []


@ON_ONE
async def test_erasure_takes_the_pieces_along(here: Place) -> None:
    """The upload's key is sealed with the member's: without that one nothing opens."""
    await here.sender.begin()
    await here.sender.send(0, here.sender.raw[:500])
    await erase(here.api.runtime, here.member.id)
    assert code(await here.sender.ask("GET", here.sender.path)) == (404, "NOT_FOUND")
    (row,) = await rows_of(here.api.runtime, Upload)
    assert len(row.wrapped_key) == 12 + 32 + 16


async def test_at_most_so_many_unfinished(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_begin, "MAX_UNFINISHED", 2)
    ids = [new_id() for _ in range(5)]
    answers = await asyncio.gather(*(here.sender.begin(id=str(one)) for one in ids))
    refused = [answer for answer in answers if answer.status_code != 201]
    assert [code(answer) for answer in refused] == [(429, "TOO_MANY_UPLOADS")] * 3
    begun = next(answer for answer in answers if answer.status_code == 201)
    path = begun.headers["location"]
    assert (await here.sender.ask("DELETE", path)).status_code == 204
    assert (await here.sender.ask("HEAD", path)).status_code == 404
    assert (await here.sender.begin()).status_code == 201
    monkeypatch.setattr(upload_begin, "MAX_UNFINISHED", 9)
    monkeypatch.setattr(upload_begin, "MAX_AWAITED", 2 * len(here.sender.raw))
    refused = [await here.sender.begin(id=str(new_id()))]
    assert [code(answer) for answer in refused] == [(429, "TOO_MANY_UPLOADS")]


@ON_ONE
async def test_an_upload_is_not_cut_off_without_end(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MAX_PIECES", 2)
    await here.sender.begin()
    for offset in range(2):
        await here.sender.send(offset, here.sender.raw[offset : offset + 1])
    answer = await here.sender.send(2, here.sender.raw[2:3])
    assert code(answer) == (409, "TOO_MANY_PIECES")
    assert (await here.sender.ask("DELETE", here.sender.path)).status_code == 204
    assert here.stored("uploads") == []


async def test_what_nobody_went_on_with_is_removed(here: Place) -> None:
    runtime = here.api.runtime
    lasting = replace(here.sender, id=new_id())
    await here.sender.begin()
    await here.sender.send(0, here.sender.raw[:500])
    await expire(here)
    await lasting.begin()
    await lasting.send(0, lasting.raw[:500])
    assert code(await here.sender.ask("GET", here.sender.path)) == (404, "NOT_FOUND")
    assert await remove_expired_uploads({"runtime": runtime}) == 1
    assert await remove_expired_uploads({"runtime": runtime}) == 0
    assert [row.id for row in await rows_of(runtime, Upload)] == [lasting.id]
    assert len(here.stored("uploads")) == 1


@ON_ONE
async def test_an_expired_upload_is_begun_anew_under_its_id(here: Place) -> None:
    await here.sender.begin()
    await here.sender.send(0, here.sender.raw[:500])
    await expire(here)
    assert await here.sender.all()
    assert here.stored("uploads") == []


@ON_ONE
async def test_a_finished_upload_expires_and_its_document_stays(here: Place) -> None:
    document = await here.sender.all()
    await expire(here)
    assert await remove_expired_uploads({"runtime": here.api.runtime}) == 1
    assert (await here.sender.ask("GET", document["url"])).status_code == 200


@ON_ONE
async def test_every_refusal_is_json_with_a_code(here: Place) -> None:
    sender = here.sender
    assert code(await sender.ask("PUT", sender.path)) == (405, "METHOD_NOT_ALLOWED")
    answer = await sender.ask("GET", "/uploads")
    assert code(answer) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "POST, OPTIONS"
    answer = await sender.ask("GET", sender.path, headers={"Tus-Resumable": "0.2.2"})
    assert code(answer) == (412, "VERSION_NOT_SUPPORTED")
    assert answer.headers["tus-version"] == "1.0.0"
    assert code(await sender.ask("GET", "/uploads/none")) == (404, "NOT_FOUND")
    assert code(await sender.ask("GET", sender.path)) == (404, "NOT_FOUND")
