"""Checking a receipt, which needs no sign-in."""

from typing import Any, cast

import strawberry

from app.context import Info
from app.resolvers.session import address_of
from app.schema.receipts import ReceiptCheck
from app.services.receipts import check_receipt


@strawberry.type
class ReceiptQuery:
    @strawberry.field(
        description="A receipt by its number and code, without signing in; null where the number "
        "is unknown or the code is another one. TOO_MANY_REQUESTS after many tries."
    )
    async def receipt(self, info: Info, number: str, code: str) -> ReceiptCheck | None:
        address = address_of(info)
        found = await check_receipt(info.context.runtime, number=number, code=code, address=address)
        return cast(Any, found)
