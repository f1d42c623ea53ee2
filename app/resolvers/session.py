"""Who am I, and how I come in and go out."""

from typing import Any, cast

import strawberry

from app.context import Info
from app.schema.users import AuthPayload, LoginInput, User
from app.services import sessions


@strawberry.type
class SessionQuery:
    @strawberry.field(description="The signed-in user.")
    async def me(self, info: Info) -> User:
        return cast(Any, await info.context.users.load(info.context.require().user_id))


@strawberry.type
class SessionMutation:
    @strawberry.mutation(description="Signs in with a phone in any usual form and a password.")
    async def login(self, info: Info, input: LoginInput) -> AuthPayload:
        device = input.device
        return _payload(
            info,
            await sessions.login(
                info.context.runtime,
                phone=input.phone,
                password=input.password,
                address=address_of(info),
                device_id=device.id if device else None,
                device_name=device.name if device else None,
            ),
        )

    @strawberry.mutation(description="The next pair of tokens; the refresh token is used up.")
    async def refresh_token(self, info: Info, refresh_token: str) -> AuthPayload:
        return _payload(info, await sessions.refresh(info.context.runtime, refresh_token))

    @strawberry.mutation(description="Ends this sign-in: its refresh and access tokens.")
    async def logout(self, info: Info, refresh_token: str) -> bool:
        return await sessions.logout(info.context.runtime, info.context.actor, refresh_token)


def _payload(info: Info, signed_in: sessions.SignedIn) -> AuthPayload:
    # The fields below `user` answer for the one who has just signed in.
    info.context.actor = signed_in.actor
    return AuthPayload(
        access_token=signed_in.access_token,
        refresh_token=signed_in.refresh_token,
        expires_in=signed_in.expires_in,
        user=cast(User, signed_in.user),
    )


def address_of(info: Info) -> str:
    """Where the request comes from: what tries are counted against."""
    request = info.context.request
    return request.client.host if request is not None and request.client else "unknown"
