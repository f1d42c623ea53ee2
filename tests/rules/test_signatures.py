"""Signing on the officer's phone: enrolled once, checked, told to the signer, disputable."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app import clock
from app.models import AuditLog, Loan, Meeting, OutboxMessage, ReviewItem, Signature
from app.models.base import new_id
from app.services.signed_forms import loan_digest
from tests.support.api import Answer
from tests.support.factories import Person
from tests.support.loans import Lending, lending
from tests.support.meetings import cash, closing, decide, items, opened, sync, synced
from tests.support.stage import Stage

ENROL = """mutation Enrol($input: EnrolSigningKeyInput!) {
  enrolSigningKey(input: $input) { id signer { id } officer { id } } }"""
REVOKE = "mutation Off($id: UUID!) { revokeSigningKey(id: $id) { revokedAt } }"
KEYS = "query Keys($groupId: UUID!) { signingKeys(groupId: $groupId) { id signer { id } } }"
SHUT_OUT = "mutation R($id: UUID!) { revokeDevice(id: $id) { revokedAt } }"
LET_IN = "mutation R($id: UUID!) { restoreDevice(id: $id) { revokedAt } }"
MINE = "query Mine { mySignatures { id subject subjectId officer { id } } }"
DISPUTE = """mutation Dispute($id: UUID!, $note: String!) {
  disputeSignature(id: $id, note: $note) { disputedAt disputeNote } }"""


@pytest.fixture
async def lender(stage: Stage) -> Lending:
    return await lending(stage)


def spki(key: ec.EllipticCurvePrivateKey) -> str:
    raw = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(raw).decode()


async def enrol(stage: Stage, key: Any, who: Any = None, officer: Any = None) -> Answer:
    values = {
        "officerId": str((officer or stage.officer).user_id),
        "publicKey": key if isinstance(key, str) else spki(key),
    }
    return await stage.api.ask(who or stage.chair, ENROL, input=values)


def sign(key: ec.EllipticCurvePrivateKey, digest: bytes) -> str:
    """As WebCrypto signs: r and s, 32 bytes each."""
    r, s = decode_dss_signature(key.sign(digest, ec.ECDSA(SHA256())))
    raw = r.to_bytes(32) + s.to_bytes(32)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


async def enrolled(stage: Stage) -> tuple[ec.EllipticCurvePrivateKey, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    return key, (await enrol(stage, key))["enrolSigningKey"]["id"]


async def hand_in(
    lender: Lending,
    loan_id: UUID,
    key_id: str,
    signature: str,
    who: Any = None,
    made: datetime | None = None,
) -> dict[str, Any]:
    """The officer sends an approval that was signed on the phone; its result."""
    operation = {
        "approveLoan": {
            "loanId": str(loan_id),
            "signature": {
                "keyId": key_id,
                "signature": signature,
                "signedAt": (made or clock.now()).isoformat(),
            },
            "offlineSyncId": str(new_id()),
        }
    }
    (result,) = await lender.stage.api.sync(who or lender.stage.officer, operation)
    return result


async def digest(lender: Lending, loan_id: UUID) -> bytes:
    (loan,) = [row for row in await lender.stage.all_of(Loan) if row.id == loan_id]
    return loan_digest(loan)


async def test_the_chair_approves_on_the_officers_phone(lender: Lending) -> None:
    stage = lender.stage
    key, key_id = await enrolled(stage)
    loan_id = await lender.applied()
    result = await hand_in(lender, loan_id, key_id, sign(key, await digest(lender, loan_id)))
    assert result["outcome"] == "APPLIED", result
    (approval,) = (await lender.loan(loan_id))["approvals"]
    assert (approval["role"], approval["onOfficersDevice"]) == ("GROUP_CHAIR", True)
    assert approval["approvedBy"]["id"] == str(stage.chair.user_id)
    sent = await stage.all_of(OutboxMessage)
    (message,) = [one for one in sent if one.topic == "signature.notice"]
    assert message.payload["userId"] == str(stage.chair.user_id)
    await lender.approve(loan_id, stage.officer)
    assert (await lender.loan(loan_id))["status"] == "APPROVED"


async def test_a_signature_of_something_else_or_by_another_key_is_refused(
    lender: Lending,
) -> None:
    key, key_id = await enrolled(lender.stage)
    loan_id = await lender.applied()
    other = ec.generate_private_key(ec.SECP256R1())
    for signature in (sign(key, bytes(32)), sign(other, await digest(lender, loan_id))):
        result = await hand_in(lender, loan_id, key_id, signature)
        assert result["error"]["code"] == "SIGNATURE_INVALID"
    result = await hand_in(lender, loan_id, str(new_id()), sign(key, bytes(32)))
    assert result["error"]["code"] == "UNKNOWN_KEY"
    result = await hand_in(lender, loan_id, key_id, "!!")
    assert result["error"]["code"] == "BAD_INPUT"
    assert await lender.stage.all_of(Signature) == []


async def test_a_withdrawn_key_signs_no_more(lender: Lending) -> None:
    stage = lender.stage
    key, key_id = await enrolled(stage)
    listed = await stage.api.ask(stage.officer, KEYS, groupId=str(stage.group.id))
    assert [one["id"] for one in listed["signingKeys"]] == [key_id]
    assert (await stage.api.ask(stage.officer, REVOKE, id=key_id)).code == "NOT_FOUND"
    answer = await stage.api.ask(stage.chair, REVOKE, id=key_id)
    assert answer["revokeSigningKey"]["revokedAt"]
    loan_id = await lender.applied()
    result = await hand_in(lender, loan_id, key_id, sign(key, await digest(lender, loan_id)))
    assert result["error"]["code"] == "KEY_REVOKED"
    listed = await stage.api.ask(stage.officer, KEYS, groupId=str(stage.group.id))
    assert listed["signingKeys"] == []


async def test_a_key_belongs_to_one_officers_phone(lender: Lending) -> None:
    stage = lender.stage
    key, key_id = await enrolled(stage)
    loan_id = await lender.applied()
    colleague = await stage.make.officer(stage.group)
    signature = sign(key, await digest(lender, loan_id))
    result = await hand_in(lender, loan_id, key_id, signature, colleague)
    assert result["error"]["code"] == "WRONG_OFFICER"


async def test_loans_of_50_000_and_more_are_not_approved_on_a_phone(stage: Stage) -> None:
    lender = await lending(stage, each="100000.00")
    key, key_id = await enrolled(stage)
    loan_id = await lender.applied("50000.00")
    result = await hand_in(lender, loan_id, key_id, sign(key, await digest(lender, loan_id)))
    assert result["error"]["code"] == "SIGNATURE_NOT_ALLOWED"


async def test_only_signatories_enrol_and_only_with_their_own_officers(stage: Stage) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    assert (await enrol(stage, key, stage.officer)).code == "FORBIDDEN"
    stranger = await stage.make.officer(await stage.make.group())
    assert (await enrol(stage, key, officer=stranger)).code == "NOT_FOUND"
    weak = ec.generate_private_key(ec.SECP192R1())
    for wrong in ("x", spki(weak), "A" * 501):
        answer = await enrol(stage, wrong)
        assert (answer.code, answer.field) == ("BAD_INPUT", "publicKey")


async def test_the_signer_disputes_what_they_did_not_sign(lender: Lending) -> None:
    stage = lender.stage
    key, key_id = await enrolled(stage)
    loan_id = await lender.applied()
    await hand_in(lender, loan_id, key_id, sign(key, await digest(lender, loan_id)))
    (mine,) = (await stage.api.ask(stage.chair, MINE))["mySignatures"]
    assert (mine["subject"], mine["subjectId"]) == ("LOAN", str(loan_id))
    values = {"id": mine["id"], "note": "I was not there"}
    assert (await stage.api.ask(stage.officer, DISPUTE, **values)).code == "NOT_FOUND"
    answer = await stage.api.ask(stage.chair, DISPUTE, **values)
    assert answer["disputeSignature"]["disputeNote"] == "I was not there"
    await stage.api.ask(stage.chair, DISPUTE, **values)
    (item,) = await stage.all_of(ReviewItem)
    assert (item.kind, str(item.subject_id)) == ("DISPUTE", mine["id"])


async def test_where_the_office_agrees_a_disputed_signature_stands_for_nothing(
    lender: Lending,
) -> None:
    stage = lender.stage
    key, key_id = await enrolled(stage)
    loan_id = await lender.applied()
    forged = sign(key, await digest(lender, loan_id))
    await hand_in(lender, loan_id, key_id, forged)
    await lender.approve(loan_id, stage.officer)
    meeting_id = await opened(stage)
    closed = closing(meeting_id, await cash(stage))
    await sync(stage, closed)
    (meeting,) = await stage.all_of(Meeting)
    at = {"keyId": key_id, "signedAt": clock.now().isoformat()}
    at["signature"] = sign(key, meeting.minutes_hash)
    await sync(stage, synced("confirmMeeting", {"meetingId": meeting_id, "signature": at}))
    assert (await lender.loan(loan_id))["status"] == "APPROVED"
    for mine in (await stage.api.ask(stage.chair, MINE))["mySignatures"]:
        values = {"id": mine["id"], "note": "I was not there"}
        assert not (await stage.api.ask(stage.chair, DISPUTE, **values)).errors
    before = (await stage.all_of(Meeting))[0].change_sequence
    for item in await items(stage, "DISPUTE"):
        assert not (await decide(stage, item, "ACCEPT")).errors
    loan = await lender.loan(loan_id)
    assert (loan["status"], loan["approvalsMissing"]) == ("PENDING", ["GROUP_CHAIR"])
    assert [one["role"] for one in loan["approvals"]] == ["FIELD_OFFICER"]
    assert (await lender.disburse(loan_id)).code == "NOT_APPROVED"
    (meeting,) = await stage.all_of(Meeting)
    assert (meeting.status, meeting.confirmed_by, meeting.signature_id) == ("CLOSED", None, None)
    assert meeting.change_sequence > before
    result = await hand_in(lender, loan_id, key_id, forged)
    assert result["error"]["code"] == "KEY_REVOKED"
    await lender.approve(loan_id, stage.chair)
    assert (await lender.loan(loan_id))["status"] == "APPROVED"


async def phone_of(stage: Stage) -> tuple[Person, UUID]:
    """The chair as they are signed in on the officer's phone, and the phone."""
    device_id = (await stage.make.sign_in(stage.officer)).device_id
    there = await stage.make.sign_in(stage.chair, shared=device_id)
    return replace(
        stage.chair, actor=replace(stage.chair.actor, session_id=there.family_id)
    ), device_id


async def enrolled_on(stage: Stage, who: Person) -> tuple[ec.EllipticCurvePrivateKey, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    return key, (await enrol(stage, key, who))["enrolSigningKey"]["id"]


async def test_a_phone_that_is_shut_out_signs_no_more(lender: Lending) -> None:
    stage = lender.stage
    there, device_id = await phone_of(stage)
    key, key_id = await enrolled_on(stage, there)
    unknown, unknown_id = await enrolled(stage)
    elsewhere = await stage.make.officer(stage.group)
    kept = (await enrol(stage, spki(key), None, elsewhere))["enrolSigningKey"]["id"]
    loan_id = await lender.applied()
    result = await hand_in(lender, loan_id, key_id, sign(key, await digest(lender, loan_id)))
    assert result["outcome"] == "APPLIED"
    assert not (await stage.api.ask(stage.admin, SHUT_OUT, id=str(device_id))).errors
    # What was signed before stays signed.
    (approval,) = (await lender.loan(loan_id))["approvals"]
    assert approval["role"] == "GROUP_CHAIR"
    listed = await stage.api.ask(stage.officer, KEYS, groupId=str(stage.group.id))
    assert [one["id"] for one in listed["signingKeys"]] == [kept]
    withdrawn = [row for row in await stage.all_of(AuditLog) if row.action == "key.withdrawn"]
    assert {str(row.entity_id) for row in withdrawn} == {key_id, unknown_id}
    assert {row.actor_id for row in withdrawn} == {stage.admin.user_id}
    # None slips in behind it, and letting the phone in again gives none back.
    assert (await enrol(stage, spki(key), there)).code == "DEVICE_REVOKED"
    assert not (await stage.api.ask(stage.admin, LET_IN, id=str(device_id))).errors
    other = await stage.make.member(stage.group, id_verified=True)
    loan = (await stage.all_of(Loan))[0]
    await stage.make.save(copy_of(loan, other.id))
    (second,) = [row.id for row in await stage.all_of(Loan) if row.id != loan_id]
    for one, name in ((key, key_id), (unknown, unknown_id)):
        result = await hand_in(lender, second, name, sign(one, await digest(lender, second)))
        assert result["error"]["code"] == "KEY_REVOKED"
    fresh, fresh_id = await enrolled_on(stage, there)
    result = await hand_in(lender, second, fresh_id, sign(fresh, await digest(lender, second)))
    assert result["outcome"] == "APPLIED", result
    assert await items(stage, "DISPUTE") == []


async def test_what_a_shut_out_phone_says_it_signed_before_goes_to_the_office(
    lender: Lending,
) -> None:
    stage = lender.stage
    there, device_id = await phone_of(stage)
    key, key_id = await enrolled_on(stage, there)
    loan_id = await lender.applied()
    signature = sign(key, await digest(lender, loan_id))
    made = clock.now()
    assert not (await stage.api.ask(stage.admin, SHUT_OUT, id=str(device_id))).errors
    result = await hand_in(lender, loan_id, key_id, signature, made=made)
    assert result["outcome"] == "APPLIED", result
    (item,) = await items(stage, "DISPUTE")
    assert item.reason == "SIGNATURE_UNDATED"
    assert (await lender.loan(loan_id))["approvalsMissing"] == ["FIELD_OFFICER"]
    assert not (await decide(stage, item, "ACCEPT")).errors
    loan = await lender.loan(loan_id)
    assert (loan["status"], loan["approvals"]) == ("PENDING", [])
    # Somebody else has used the key, so nothing is believed of it any more.
    result = await hand_in(lender, loan_id, key_id, signature, made=made)
    assert result["error"]["code"] == "KEY_REVOKED"


async def test_a_key_that_its_owner_withdraws_after_its_phone_was_shut_out_is_believed_no_more(
    lender: Lending,
) -> None:
    stage = lender.stage
    there, device_id = await phone_of(stage)
    key, key_id = await enrolled_on(stage, there)
    loan_id = await lender.applied()
    made = clock.now()
    assert not (await stage.api.ask(stage.admin, SHUT_OUT, id=str(device_id))).errors
    assert not (await stage.api.ask(stage.chair, REVOKE, id=key_id)).errors
    signature = sign(key, await digest(lender, loan_id))
    result = await hand_in(lender, loan_id, key_id, signature, made=made)
    assert result["error"]["code"] == "KEY_REVOKED"


def copy_of(loan: Loan, member_id: UUID) -> Loan:
    """The same application of somebody else."""
    values = {**loan.model_dump(), "id": new_id(), "member_id": member_id}
    return Loan(**{**values, "offline_sync_id": None})
