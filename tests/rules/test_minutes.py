"""Minutes on paper belong to a group, and documents are found by whose they are."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from PIL import Image
from starlette.datastructures import UploadFile

from app.models import Document, DocumentKind, Meeting
from app.models.base import new_id
from tests.support.api import Answer
from tests.support.loans import papers
from tests.support.stage import Stage
from tests.support.uploads import meeting

MINUTES = """mutation Up($groupId: UUID!, $meetingId: UUID, $file: Upload!) {
  uploadMinutes(groupId: $groupId, meetingId: $meetingId, file: $file) {
    id kind memberId meetingId } }"""
LIST = """query List($groupId: UUID, $memberId: UUID, $meetingId: UUID, $kind: DocumentKind,
                     $first: Int, $after: String) {
  documents(groupId: $groupId, memberId: $memberId, meetingId: $meetingId, kind: $kind,
            first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id kind memberName } } } }"""


def page(color: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 90), color).save(out, "PNG")
    return out.getvalue()


async def minutes(stage: Stage, color: str, who: Any = None, **changes: Any) -> Answer:
    file = UploadFile(io.BytesIO(page(color)), filename="file")
    values = {"groupId": str(stage.group.id), "file": file, **changes}
    return await stage.api.ask(who or stage.officer, MINUTES, **values)


async def listed(stage: Stage, who: Any = None, **whose: Any) -> Answer:
    values = {
        name: str(value) if isinstance(value, UUID) else value for name, value in whose.items()
    }
    return await stage.api.ask(who or stage.officer, LIST, **values)


def ids(answer: Answer) -> list[str]:
    return [edge["node"]["id"] for edge in answer["documents"]["edges"]]


async def test_minutes_belong_to_a_group_and_to_its_meeting_if_it_is_named(stage: Stage) -> None:
    held: Meeting = await meeting(stage.make, stage.group)
    first = (await minutes(stage, "white", meetingId=str(held.id)))["uploadMinutes"]
    second = (await minutes(stage, "gray", meetingId=str(held.id)))["uploadMinutes"]
    of_group = (await minutes(stage, "white"))["uploadMinutes"]
    assert first["kind"] == "MINUTES"
    assert (first["memberId"], first["meetingId"]) == (None, str(held.id))
    assert of_group["meetingId"] is None
    # Both pages count side by side; the first one again is the first one.
    again = (await minutes(stage, "white", meetingId=str(held.id)))["uploadMinutes"]
    assert again == first
    assert set(ids(await listed(stage, meetingId=held.id))) == {first["id"], second["id"]}
    assert len(await stage.all_of(Document)) == 3
    elsewhere = await meeting(stage.make, await stage.make.group())
    for wrong in (elsewhere.id, new_id()):
        answer = await minutes(stage, "black", meetingId=str(wrong))
        assert (answer.code, answer.field) == ("NOT_FOUND", "meetingId")
    answer = await minutes(stage, "black", groupId=str(elsewhere.group_id))
    assert (answer.code, answer.field) == ("NOT_FOUND", "groupId")
    assert (await minutes(stage, "black", stage.chair)).code == "FORBIDDEN"
    assert len(await stage.all_of(Document)) == 3


async def test_documents_of_a_member_a_meeting_and_a_group_in_pages(stage: Stage) -> None:
    front, back = await papers(stage, stage.jane)
    (other,) = await papers(stage, stage.john, DocumentKind.PHOTO)
    paper = (await minutes(stage, "white"))["uploadMinutes"]["id"]
    everything = await listed(stage, stage.chair, groupId=stage.group.id)
    assert ids(everything)[0] == paper
    whose = [edge["node"]["memberName"] for edge in everything["documents"]["edges"]]
    assert (whose[0], set(whose[1:])) == (None, {stage.jane.member_name, stage.john.member_name})
    assert set(ids(everything)) == {paper, *map(str, (front, back, other))}
    assert everything["documents"]["totalCount"] == 4
    of_jane = await listed(stage, memberId=stage.jane.id)
    assert set(ids(of_jane)) == {str(front), str(back)}
    assert ids(await listed(stage, groupId=stage.group.id, kind="MINUTES")) == [paper]
    found: list[str] = []
    after = None
    for left in (True, True, True, False):
        answer = await listed(stage, groupId=stage.group.id, first=1, after=after)
        found += ids(answer)
        about = answer["documents"]["pageInfo"]
        assert about["hasNextPage"] is left
        after = about["endCursor"]
    assert found == ids(everything)


async def test_whose_documents_must_be_said_once(stage: Stage) -> None:
    for whose in ({}, {"groupId": stage.group.id, "memberId": stage.jane.id}):
        answer = await listed(stage, **whose)
        assert (answer.code, answer.field) == ("BAD_INPUT", "groupId")
    stranger = await stage.make.officer(await stage.make.group())
    held = await meeting(stage.make, stage.group)
    for name, value in (
        ("groupId", stage.group.id),
        ("memberId", stage.jane.id),
        ("meetingId", held.id),
    ):
        assert (await listed(stage, stranger, **{name: value})).code == "NOT_FOUND"
    assert (await listed(stage, groupId=stage.group.id, first=101)).field == "first"
    assert (await listed(stage, groupId=stage.group.id, after="x")).field == "after"
