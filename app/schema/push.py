"""Browsers that wish to be told."""

from uuid import UUID

import strawberry


@strawberry.input(description="What the browser's PushManager gave, for the device signed in on.")
class SavePushSubscriptionInput:
    device_id: UUID
    endpoint: str
    p256dh: str = strawberry.field(description="The browser's public key, in base64url.")
    auth: str = strawberry.field(description="Its 16 secret bytes, in base64url.")
    language: str = strawberry.field(default="en", description="The notices' language: en or sw.")
