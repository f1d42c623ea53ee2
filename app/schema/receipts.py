"""A receipt that anyone may check."""

from datetime import date

import strawberry

from app.schema.scalars import Money
from app.services.receipts import ReceiptDirection, ReceiptState

strawberry.enum(ReceiptState)
strawberry.enum(ReceiptDirection)

RECEIPT_CODE = (
    "Stands beside the number on the receipt; with both, anyone may ask `receipt`. Null for money "
    "that has no receipt of ours, as from a bank's statement."
)


@strawberry.type(description="What the books say of a receipt; nothing of a person.")
class ReceiptCheck:
    """Resolves from a services.receipts.CheckedReceipt."""

    number: str
    state: ReceiptState
    direction: ReceiptDirection
    amount: Money
    moved_on: date = strawberry.field(description="The day the money moved, as claimed.")
    group_name: str
    reversed_on: date | None
