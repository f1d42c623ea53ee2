"""Operations of the contract that later issues build: they answer NOT_AVAILABLE until then."""

import strawberry

from app.context import Info
from app.errors import NotAvailable
from app.schema.mpesa import MpesaPayment, RequestMpesaPaymentInput


@strawberry.type
class LaterMutation:
    @strawberry.mutation
    def request_mpesa_payment(self, info: Info, input: RequestMpesaPaymentInput) -> MpesaPayment:
        info.context.require()
        raise NotAvailable(info.field_name)
