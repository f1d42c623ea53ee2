"""Keys and signatures of chairs and committee members on officers' phones."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.signatures import EnrolSigningKeyInput, Signature, SigningKey
from app.services import signing_keys


@strawberry.type
class SignatureQuery:
    @strawberry.field(description="A group's keys that are not withdrawn.")
    async def signing_keys(self, info: Info, group_id: UUID) -> list[SigningKey]:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await signing_keys.list_keys(session, actor, group_id))

    @strawberry.field(description="What was signed with the caller's keys, newest first.")
    async def my_signatures(self, info: Info) -> list[Signature]:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await signing_keys.own_signatures(session, actor))


@strawberry.type
class SignatureMutation:
    @strawberry.mutation(
        description="Registers the caller's key on the phone of an officer of their group; "
        "chairs and committee members, while signed in."
    )
    async def enrol_signing_key(self, info: Info, input: EnrolSigningKeyInput) -> SigningKey:
        actor = info.context.require()
        return cast(Any, await signing_keys.enrol_key(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(description="Withdraws a key; what was signed stays signed.")
    async def revoke_signing_key(self, info: Info, id: UUID) -> SigningKey:
        actor = info.context.require()
        return cast(Any, await signing_keys.revoke_key(info.context.runtime, actor, id))

    @strawberry.mutation(description="The signer says that they did not sign: the office looks.")
    async def dispute_signature(self, info: Info, id: UUID, note: str) -> Signature:
        actor = info.context.require()
        return cast(
            Any, await signing_keys.dispute_signature(info.context.runtime, actor, id, note)
        )
