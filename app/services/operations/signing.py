"""Signatures of chairs and committee members on the officer's phone (design.md, Sync)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput, DomainError, RuleBroken
from app.models import (
    OutboxMessage,
    ReviewItem,
    ReviewKind,
    Role,
    Signature,
    SigningKey,
    User,
)
from app.models.base import new_id
from app.runtime import Runtime
from app.services.approvals import places_for
from app.services.operations.kind import Values
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Operation

RAW_LENGTH = 64
"""r and s of a P-256 signature, 32 bytes each, as WebCrypto gives them."""
CLOCK_SKEW = timedelta(days=1)
UNDATED = "SIGNATURE_UNDATED"
UNDATED_WORDS = (
    "The signature came in after its phone was shut out. The phone says that it was made before."
)
SIGNERS = (Role.GROUP_CHAIR.value, Role.GROUP_COMMITTEE.value)


@dataclass(frozen=True, slots=True)
class SignatureClaim:
    """A signature that the phone hands in."""

    key_id: UUID
    signature: bytes
    signed_at: datetime


@dataclass(slots=True)
class Signers:
    """The owners of the keys that are named."""

    users: dict[UUID, User] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who stands for an approval or a confirmation, and the signature if there is one."""

    user_id: UUID
    role: str
    member_id: UUID | None
    signature: Signature | None = None
    is_undated: bool = False
    """It came after its phone was shut out, and says that it was made before."""

    @classmethod
    def in_person(cls, state: State, operation: Operation) -> Signed:
        """The actor, signed in."""
        actor = operation.actor
        member_id = state.member_of_user.get(actor.user_id)
        return cls(actor.user_id, actor.role.value, member_id)

    @property
    def signature_id(self) -> UUID | None:
        return self.signature.id if self.signature is not None else None

    def keep(self, state: State) -> None:
        """Keeps the signature, and has its signer told what was signed."""
        if self.signature is None:
            return
        state.make(self.signature)
        if self.is_undated:
            state.make(_undated(state, self.signature))
        state.rows.add(
            OutboxMessage(
                topic="signature.notice",
                payload={
                    "signatureId": str(self.signature.id),
                    "userId": str(self.user_id),
                    "subject": self.signature.subject,
                    "subjectId": str(self.signature.subject_id),
                },
                created_at=state.now,
                available_at=state.now,
            )
        )


def read_signature(values: Values) -> SignatureClaim:
    """The claim of a SignatureInput; the signature is base64url of r and s, or DER."""
    text = str(values["signature"])
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput("The signature is not valid base64url.", field="signature") from error
    if not 8 <= len(raw) <= 80:
        raise BadInput("This is no signature of a P-256 key.", field="signature")
    return SignatureClaim(values["key_id"], raw, values["signed_at"])


def gather_signature(named: Named, claim: SignatureClaim | None) -> None:
    if claim is not None:
        named.subject(SigningKey, claim.key_id)


async def load_signers(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """The users whose keys are named."""
    owners = {row.user_id for row in state.subjects.values() if isinstance(row, SigningKey)}
    if not owners:
        return
    users = state.section(Signers).users
    for user in (await session.execute(select(User).where(col(User.id).in_(owners)))).scalars():
        session.expunge(user)
        users[user.id] = user


def take_signature(
    state: State,
    operation: Operation,
    claim: SignatureClaim,
    group_id: UUID,
    subject: str,
    subject_id: UUID,
    digest: bytes,
) -> Signed | DomainError:
    """Checks the signature over `digest`; nothing is kept until `Signed.keep`.

    KEY_REVOKED of a key that was withdrawn. Where its phone was shut out, what the phone says
    was signed before that stands, and the office is asked: the phone's clock is no proof.
    """
    key = state.subject(SigningKey, claim.key_id)
    if key is None or key.group_id != group_id:
        return _refusal("There is no such key in this group.", "UNKNOWN_KEY")
    if key.revoked_at is not None and not _may_be_from_before(key, claim):
        return _refusal("The key was withdrawn.", "KEY_REVOKED")
    if key.officer_id != operation.actor.user_id:
        return _refusal("The key belongs to another officer's phone.", "WRONG_OFFICER")
    user = state.section(Signers).users.get(key.user_id)
    if user is None or not user.is_active or user.role not in SIGNERS or user.group_id != group_id:
        return _refusal("The signer no longer speaks for the group.", "SIGNER_CHANGED")
    if claim.signed_at > state.now + CLOCK_SKEW:
        return BadInput("The signature is dated in the future.", field="signedAt")
    if not verify(key.public_key, claim.signature, digest):
        return _refusal("The signature does not match what was signed.", "SIGNATURE_INVALID")
    row = Signature(
        id=new_id(),
        key_id=key.id,
        user_id=key.user_id,
        group_id=group_id,
        subject=subject,
        subject_id=subject_id,
        signed_hash=digest,
        signature=claim.signature,
        officer_id=operation.actor.user_id,
        signed_at=claim.signed_at,
        received_at=state.now,
    )
    return Signed(key.user_id, user.role, user.member_id, row, key.revoked_at is not None)


def _may_be_from_before(key: SigningKey, claim: SignatureClaim) -> bool:
    return key.shut_out_at is not None and claim.signed_at <= key.shut_out_at


def _undated(state: State, signature: Signature) -> ReviewItem:
    """Decided like a dispute: the office takes the signature back, or lets it stand."""
    return ReviewItem(
        id=new_id(),
        group_id=signature.group_id,
        reason=UNDATED,
        amount=0,
        claim="{}",
        officer_id=signature.officer_id,
        created_at=state.now,
        kind=ReviewKind.DISPUTE.value,
        subject_id=signature.id,
        change_sequence=state.books[signature.group_id].next_change(),
    )


def approver(
    state: State,
    operation: Operation,
    claim: SignatureClaim | None,
    *,
    group_id: UUID,
    needed: Sequence[str],
    subject: str,
    subject_id: UUID,
    digest: bytes,
) -> Signed | DomainError:
    """Who approves: the one signed in, or the one whose signature the officer hands in.

    SIGNATURE_NOT_ALLOWED where more approvals are needed than the smallest amounts need.
    """
    if claim is None:
        return Signed.in_person(state, operation)
    if list(needed) != places_for(0):
        return _refusal(
            "Only what is below KES 50,000.00 is approved on the officer's phone.",
            "SIGNATURE_NOT_ALLOWED",
        )
    return take_signature(state, operation, claim, group_id, subject, subject_id, digest)


def verify(public_key: bytes, signature: bytes, digest: bytes) -> bool:
    """Whether it is ECDSA (P-256, SHA-256) over the 32 bytes of the digest by this key."""
    key = load_der_public_key(public_key)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    if len(signature) == RAW_LENGTH:
        r, s = (int.from_bytes(part) for part in (signature[:32], signature[32:]))
        signature = encode_dss_signature(r, s)
    try:
        key.verify(signature, digest, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _refusal(message: str, code: str) -> DomainError:
    return RuleBroken(message, code=code, field="signature")
