"""Notices to phones: Web Push."""

from uuid import UUID

import strawberry

from app.context import Info
from app.schema.push import SavePushSubscriptionInput
from app.services import push_subscriptions


@strawberry.type
class PushQuery:
    @strawberry.field(
        description="The key that a browser subscribes to notices with, in base64url; null where "
        "this server sends none."
    )
    async def vapid_public_key(self, info: Info) -> str | None:
        info.context.require()
        return push_subscriptions.vapid_public_key(info.context.runtime)


@strawberry.type
class PushMutation:
    @strawberry.mutation(
        description="Sends the caller's notices to this browser from now on; five browsers at most."
    )
    async def save_push_subscription(self, info: Info, input: SavePushSubscriptionInput) -> bool:
        await push_subscriptions.save_subscription(
            info.context.runtime, info.context.require(), **vars(input)
        )
        return True

    @strawberry.mutation(description="Sends no more notices of the caller to this browser.")
    async def remove_push_subscription(self, info: Info, device_id: UUID) -> bool:
        await push_subscriptions.remove_subscription(
            info.context.runtime, info.context.require(), device_id
        )
        return True
