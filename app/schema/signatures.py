"""Signatures of chairs and committee members on the officer's phone."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.users import User


@strawberry.type(description="A signer's key on an officer's phone; the private half never leaves.")
class SigningKey:
    """Resolves from a models.SigningKey row."""

    id: UUID
    created_at: datetime
    revoked_at: datetime | None

    @strawberry.field
    async def signer(self, info: Info) -> User:
        return cast(Any, await info.context.users.load(cast(models.SigningKey, self).user_id))

    @strawberry.field(description="On whose phone it is.")
    async def officer(self, info: Info) -> User:
        return cast(Any, await info.context.users.load(cast(models.SigningKey, self).officer_id))


@strawberry.type(description="Something signed on an officer's phone.")
class Signature:
    """Resolves from a models.Signature row."""

    id: UUID
    subject: str = strawberry.field(description="What was signed: LOAN, WELFARE or MEETING.")
    subject_id: UUID
    signed_at: datetime = strawberry.field(description="As the phone says.")
    received_at: datetime
    disputed_at: datetime | None
    dispute_note: str | None

    @strawberry.field
    async def officer(self, info: Info) -> User:
        return cast(Any, await info.context.users.load(cast(models.Signature, self).officer_id))


@strawberry.input
class SignatureInput:
    key_id: UUID
    signature: str = strawberry.field(
        description="base64url of r and s (64 bytes) as WebCrypto gives them, or of DER: ECDSA "
        "P-256 with SHA-256 over the 32 bytes of the hash that is signed."
    )
    signed_at: datetime


@strawberry.input
class EnrolSigningKeyInput:
    officer_id: UUID
    public_key: str = strawberry.field(description="SubjectPublicKeyInfo of a P-256 key, base64.")
    id: UUID | None = None
