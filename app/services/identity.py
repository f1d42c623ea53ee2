"""Uploading a member's documents, and verifying an identity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import anyio.to_thread

from app.auth.access import load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, NotFound
from app.models import Document, Member
from app.runtime import Runtime
from app.services.documents import MAX_BYTES, clean_upload, discard_images, store_images
from app.services.members import find_member
from app.services.operations.identity import AttachDocument, read_verification
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


async def upload_document(
    runtime: Runtime, actor: Actor, member_id: UUID, kind: str, raw: bytes
) -> Document:
    """Checks, cleans, seals and stores a document of a member.

    BAD_INPUT on `file` when it is too large or no JPEG, PNG, WebP or PDF by its content.
    """
    demand(actor, "documents:create")
    if len(raw) > MAX_BYTES:
        raise BadInput("The file is larger than 5 MB.", field="file")
    async with runtime.db.reading() as session:
        member = await load_member(session, actor, member_id)
    if member.wrapped_key is None:
        raise NotFound("There is no such member.", field="memberId")
    image = await anyio.to_thread.run_sync(clean_upload, raw, kind, "file")
    key = runtime.keys.unwrap(member.wrapped_key, member.id)
    await store_images(runtime, [image], key)
    try:
        outcome = await carry_out(runtime, Operation(actor, AttachDocument(member_id, image)))
    except BaseException:
        await discard_images(runtime, [image])
        raise
    found: Document = outcome.entity
    return found


async def verify_identity(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Member:
    """The member, whose papers the actor has looked at."""
    demand(actor, "members:verify")
    operation = Operation(actor, read_verification(values), values.get("offline_sync_id"))
    outcome = await carry_out(runtime, operation)
    if isinstance(outcome.entity, Member):
        return outcome.entity
    async with runtime.db.reading() as session:
        found = None
        if outcome.entity_id is not None:
            found = await find_member(session, actor, outcome.entity_id)
    if found is None:
        raise NotFound("There is no such member.", field="memberId")
    return found
