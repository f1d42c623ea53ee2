"""Signatures of chairs and committee members on the officer's phone."""

from datetime import datetime
from uuid import UUID

import strawberry


@strawberry.input
class SignatureInput:
    key_id: UUID
    signature: str = strawberry.field(
        description="base64url of r and s (64 bytes) as WebCrypto gives them, or of DER: ECDSA "
        "P-256 with SHA-256 over the 32 bytes of the hash that is signed."
    )
    signed_at: datetime
