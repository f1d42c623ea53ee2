"""Meetings as a phone holds them: operations of syncBatch, and the same as mutations."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app import clock
from app.models import ReviewItem
from app.models.base import new_id
from tests.support.api import Answer, contribute
from tests.support.stage import Stage

MEETING = """
  id groupId meetingDate venue status openingCash broughtFromBank quorum banked counted expected
  claimedExpected variance varianceNote varianceEntryId resolutions bookSequence onOfficersDevice
  minutesHash minutesForm chainHead
  openedBy { id } closedBy { id } confirmedBy { id } signature { subject subjectId }
  denominations { value pieces }
  attendance { memberId status }
  totals { subcategory account category amount lines }
  minutes { present late excused absent notRecorded quorumReached brought banked cashIn cashOut
    elsewhere repayments repaid loansPaidOut lent finedMembers finesCharged attendanceDiffers
    totals { subcategory account category amount lines } }
"""
RESULT = "outcome entityId receiptNumber error { code field details { code field } }"
SHEET_RESULT = f"""
  lines {{ offlineSyncId {RESULT} }}
  totals {{ kind paymentMethod count amount held }}
"""
BATCH = f"""mutation Sync($operations: [SyncOperationInput!]!) {{
  syncBatch(operations: $operations) {{
    results {{ offlineSyncId {RESULT} {SHEET_RESULT} }} }} }}"""
SHEET = f"""mutation Sheet($input: SubmitCollectionSheetInput!) {{
  submitCollectionSheet(input: $input) {{
    outcome error {{ code details {{ code field }} }} {SHEET_RESULT} meeting {{ id }} }} }}"""
ONE = f"query One($id: UUID!) {{ meeting(id: $id) {{ {MEETING} }} }}"
LIST = """query All($groupId: UUID, $status: MeetingStatus, $from: Date, $to: Date, $first: Int,
    $after: String, $groupIds: [UUID!], $county: String, $officerId: UUID) {
  meetings(groupId: $groupId, status: $status, from: $from, to: $to, first: $first, after: $after,
    groupIds: $groupIds, county: $county, officerId: $officerId)
  { totalCount pageInfo { hasNextPage endCursor }
    edges { node { id status meetingDate attendance { memberId status }
      totals { subcategory amount } } } } }"""
LEDGER = """query Lines($id: UUID!, $first: Int, $after: String) {
  meetingLedger(meetingId: $id, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { subcategory category account amount } } } }"""
ENROL = (
    """mutation Enrol($input: EnrolSigningKeyInput!) { enrolSigningKey(input: $input) { id } }"""
)
TYPES = {
    "openMeeting": "OpenMeetingInput",
    "recordAttendance": "RecordAttendanceInput",
    "closeMeeting": "CloseMeetingInput",
    "confirmMeeting": "ConfirmMeetingInput",
}


async def do(stage: Stage, name: str, values: dict[str, Any], who: Any = None) -> Answer:
    """One of the mutations that answer with the meeting."""
    document = f"mutation M($input: {TYPES[name]}!) {{ {name}(input: $input) {{ {MEETING} }} }}"
    return await stage.api.ask(who or stage.officer, document, input=values)


async def sync(stage: Stage, *operations: Any, who: Any = None) -> list[dict[str, Any]]:
    """The results of one syncBatch, with those of sheets' lines."""
    answer = await stage.api.ask(who or stage.officer, BATCH, operations=list(operations))
    found: list[dict[str, Any]] = answer["syncBatch"]["results"]
    return found


async def opened(stage: Stage, **changes: Any) -> str:
    """The id of a meeting that was opened online today."""
    values = {"groupId": str(stage.group.id), "meetingDate": stage.api.today(), **changes}
    answer = await do(stage, "openMeeting", values)
    found: str = answer["openMeeting"]["id"]
    return found


def synced(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    return {kind: {"offlineSyncId": str(new_id()), **values}}


def opening(stage: Stage, meeting_id: str, **changes: Any) -> dict[str, Any]:
    return synced(
        "openMeeting",
        {
            "id": meeting_id,
            "groupId": str(stage.group.id),
            "meetingDate": stage.api.today(),
            "venue": "Under the tree",
            **changes,
        },
    )


def attendance(meeting_id: str, statuses: dict[Any, str]) -> dict[str, Any]:
    rows = [{"memberId": str(key), "status": status} for key, status in statuses.items()]
    return synced("recordAttendance", {"meetingId": meeting_id, "attendance": rows})


def line(kind: str, who: Any, amount: Any, **changes: Any) -> dict[str, Any]:
    """A line of a sheet, paid in cash; `who` is the loan of a REPAYMENT, else the member."""
    named = "loanId" if kind == "REPAYMENT" else "memberId"
    return {
        "kind": kind,
        named: str(who),
        "amount": amount,
        "paymentMethod": "CASH",
        **changes,
    }


def sheet(stage: Stage, meeting_id: str, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
    values = {"meetingId": meeting_id, "collectionDate": stage.api.today(), "lines": list(lines)}
    return synced("submitCollectionSheet", {**values, **changes})


def pieces(cents: int) -> list[dict[str, int]]:
    """Whole shillings as few notes and coins; cents under a shilling cannot be counted."""
    found, left = [], cents // 100
    for value in (1000, 500, 200, 100, 50, 40, 20, 10, 5, 1):
        number, left = divmod(left, value)
        if number:
            found.append({"value": value, "pieces": number})
    return found


def closing(meeting_id: str, cents: int, **changes: Any) -> dict[str, Any]:
    return synced(
        "closeMeeting",
        {"meetingId": meeting_id, "denominations": pieces(cents), **changes},
    )


def values_of(operation: dict[str, Any]) -> dict[str, Any]:
    """The input of a mutation from the operation of a batch."""
    ((_, values),) = operation.items()
    found: dict[str, Any] = values
    return found


async def look(stage: Stage, meeting_id: str, who: Any = None) -> dict[str, Any]:
    found: dict[str, Any] = (await stage.api.ask(who or stage.chair, ONE, id=meeting_id))["meeting"]
    return found


class Signer:
    """The chair's key, enrolled on the officer's phone."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.key_id = ""

    async def enrol(self, stage: Stage) -> Signer:
        raw = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        values = {
            "officerId": str(stage.officer.user_id),
            "publicKey": base64.b64encode(raw).decode(),
        }
        answer = await stage.api.ask(stage.chair, ENROL, input=values)
        self.key_id = answer["enrolSigningKey"]["id"]
        return self

    def sign(self, digest: bytes) -> dict[str, Any]:
        """As WebCrypto signs: r and s, 32 bytes each."""
        r, s = decode_dss_signature(self.key.sign(digest, ec.ECDSA(SHA256())))
        raw = base64.urlsafe_b64encode(r.to_bytes(32) + s.to_bytes(32)).decode().rstrip("=")
        return {"keyId": self.key_id, "signature": raw, "signedAt": clock.now().isoformat()}


async def cash(stage: Stage, group_id: UUID | None = None) -> int:
    """Cents on the table by the books."""
    return (await stage.balances(group_id or stage.group.id)).get("CASH", 0)


MOVE = """mutation Move($input: RecordMovementInput!) { recordMovement(input: $input) { id } }"""
DECIDE = """mutation Decide($input: DecideReviewInput!) {
  decideReview(input: $input) { id status decisionEntryId } }"""


async def save_up(stage: Stage, amount: str = "1000.00", bank: str | None = None) -> None:
    """Savings in cash, some of them taken to the bank."""
    results = await stage.api.sync(stage.officer, contribute(stage.jane.id, amount))
    assert results[0]["outcome"] == "APPLIED"
    if bank is not None:
        values = {
            "groupId": str(stage.group.id),
            "movement": "TO_BANK",
            "amount": bank,
            "paymentMethod": "CASH",
            "description": "Before",
        }
        assert not (await stage.api.ask(stage.officer, MOVE, input=values)).errors


async def items(stage: Stage, kind: str) -> list[ReviewItem]:
    return [row for row in await stage.all_of(ReviewItem) if row.kind == kind]


async def decide(stage: Stage, item: ReviewItem, action: str, **changes: Any) -> Any:
    values = {"itemId": str(item.id), "action": action, "note": "Looked at", **changes}
    return await stage.api.ask(stage.admin, DECIDE, input=values)
