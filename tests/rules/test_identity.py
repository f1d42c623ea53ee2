"""Papers of identity: uploaded, looked at, and looked at again when they change."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from starlette.datastructures import UploadFile

from app.models import DocumentKind, IdentityCheck
from app.models.base import new_id
from app.services.documents import clean_upload
from tests.support.api import Answer
from tests.support.loans import papers
from tests.support.stage import Stage

UPLOAD = """mutation Up($memberId: UUID!, $kind: DocumentKind!, $file: Upload!) {
  uploadDocument(memberId: $memberId, kind: $kind, file: $file) {
    id kind contentType size sha256 url } }"""
VERIFY = """mutation Verify($memberId: UUID!, $notes: String) {
  verifyIdentity(memberId: $memberId, notes: $notes) {
    idVerified identityCheck { notes checkedBy { id } } documents { kind } } }"""


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), "green").save(out, "JPEG")
    return out.getvalue()


def pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Mwandishi"})
    action = DictionaryObject()
    action[NameObject("/S")] = NameObject("/JavaScript")
    action[NameObject("/JS")] = TextStringObject("app.alert('x')")
    writer.root_object[NameObject("/OpenAction")] = action
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


async def upload(stage: Stage, kind: str, raw: bytes, who: Any = None) -> Answer:
    file = UploadFile(io.BytesIO(raw), filename="file")
    return await stage.api.ask(
        who or stage.officer, UPLOAD, memberId=str(stage.jane.id), kind=kind, file=file
    )


async def verify(stage: Stage, who: Any = None, **changes: Any) -> Answer:
    values = {"memberId": str(stage.jane.id), "notes": "Saw the original", **changes}
    return await stage.api.ask(who or stage.officer, VERIFY, **values)


async def test_both_sides_are_needed_and_who_looked_is_kept(stage: Stage) -> None:
    assert (await verify(stage)).code == "ID_MISSING"
    for kind in ("ID_FRONT", "ID_BACK"):
        found = (await upload(stage, kind, picture()))["uploadDocument"]
        assert (found["kind"], found["contentType"]) == (kind, "image/jpeg")
    answer = (await verify(stage))["verifyIdentity"]
    assert answer["idVerified"] is True
    assert answer["identityCheck"] == {
        "notes": "Saw the original",
        "checkedBy": {"id": str(stage.officer.user_id)},
    }
    assert {one["kind"] for one in answer["documents"]} == {"ID_FRONT", "ID_BACK"}
    (check,) = await stage.all_of(IdentityCheck)
    assert b"original" not in check.notes_sealed
    await verify(stage)
    assert len(await stage.all_of(IdentityCheck)) == 1


async def test_a_new_paper_must_be_looked_at_again(stage: Stage) -> None:
    await papers(stage, stage.jane)
    await verify(stage)
    await upload(stage, "PHOTO", picture())
    query = "query One($id: UUID!) { member(id: $id) { idVerified photoUrl } }"
    found = (await stage.api.ask(stage.officer, query, id=str(stage.jane.id)))["member"]
    assert found["idVerified"] is True
    assert found["photoUrl"]
    await upload(stage, "ID_FRONT", picture())
    found = (await stage.api.ask(stage.officer, query, id=str(stage.jane.id)))["member"]
    assert found["idVerified"] is False


async def test_nobody_verifies_their_own_identity(stage: Stage) -> None:
    await papers(stage, stage.jane)
    herself = await stage.make.officer(stage.group, member_id=stage.jane.id)
    assert (await verify(stage, herself)).code == "OWN_IDENTITY"


async def test_a_phone_verifies_offline_and_says_how(stage: Stage) -> None:
    await papers(stage, stage.jane)
    values = {"memberId": str(stage.jane.id), "method": "FACE_COMPARED"}
    operation = {"verifyIdentity": {**values, "offlineSyncId": str(new_id())}}
    (first,) = await stage.api.sync(stage.officer, operation)
    (second,) = await stage.api.sync(stage.officer, operation)
    assert (first["outcome"], second["outcome"]) == ("APPLIED", "DUPLICATE")
    query = "query One($id: UUID!) { member(id: $id) { identityCheck { how notes } } }"
    found = (await stage.api.ask(stage.officer, query, id=values["memberId"]))["member"]
    assert found["identityCheck"] == {"how": "FACE_COMPARED", "notes": None}


async def test_a_file_that_is_no_picture_and_one_that_is_too_large_are_refused(
    stage: Stage,
) -> None:
    for raw in (b"", b"GIF89a", b"<svg/>", b"%PDF-1.7 broken", b"x" * (5 * 1024 * 1024 + 1)):
        answer = await upload(stage, "PHOTO", raw)
        assert (answer.code, answer.field) == ("BAD_INPUT", "file"), raw[:10]


def test_a_pdf_is_written_anew_without_scripts_and_metadata() -> None:
    clean = clean_upload(pdf(), DocumentKind.OTHER.value, "file")
    assert clean.content_type == "application/pdf"
    assert b"alert" not in clean.data
    assert b"Mwandishi" not in clean.data
    assert len(PdfReader(io.BytesIO(clean.data)).pages) == 1


async def test_signatories_read_papers_and_add_none(stage: Stage) -> None:
    assert (await upload(stage, "PHOTO", picture(), stage.chair)).code == "FORBIDDEN"
    assert (await verify(stage, stage.chair)).code == "FORBIDDEN"
