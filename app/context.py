"""Who is asking, and per-request loading in batches.

Sibling fields resolve concurrently and a session must not be shared between tasks, so every
loader opens a short reading session of its own; a page of 50 members costs a fixed number
of queries whatever is selected.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection
from strawberry.dataloader import DataLoader

from app import clock, models
from app.auth.actor import Actor
from app.errors import Unauthenticated
from app.runtime import Runtime
from app.services import loading, loading_people
from app.services.member_privacy import OpenMember, open_member, open_user_phone

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Load = Callable[[AsyncSession, Sequence[Any]], Awaitable[dict[Any, Any]]]


class RequestContext:
    """What resolvers get as `info.context`."""

    def __init__(
        self, runtime: Runtime, actor: Actor | None, request: HTTPConnection | None = None
    ) -> None:
        self.runtime = runtime
        self.actor = actor
        self.request = request
        self.failure: Unauthenticated | None = None
        """Why the token that came along was refused, if one came."""
        self.raw_variables: dict[str, Any] = {}
        """The request's variables as they were sent, before coercion."""
        self._opened: dict[UUID, OpenMember] = {}

    def require(self) -> Actor:
        """The signed-in actor; Unauthenticated when there is none."""
        if self.actor is None:
            raise self.failure or Unauthenticated()
        return self.actor

    def today(self) -> date:
        return clock.today(self.runtime.settings.timezone)

    def open_member(self, row: models.Member) -> OpenMember:
        """The member's sealed fields, opened once a request."""
        if row.id not in self._opened:
            self._opened[row.id] = open_member(self.runtime.keys, row)
        return self._opened[row.id]

    def user_phone(self, row: models.User) -> str:
        return open_user_phone(self.runtime.keys, row)

    async def document_url(self, member_id: UUID, kind: models.DocumentKind) -> str | None:
        found = await self.documents.load(member_id)
        document_id = found.get(kind.value)
        return f"/documents/{document_id}" if document_id else None

    @cached_property
    def groups(self) -> DataLoader[UUID, models.BankingGroup]:
        return self._loader(loading.groups)

    @cached_property
    def members(self) -> DataLoader[UUID, models.Member]:
        return self._loader(loading.members)

    @cached_property
    def visible_members(self) -> DataLoader[UUID, models.Member | None]:
        return self._loader(self._with_actor(loading.visible_members))

    @cached_property
    def users(self) -> DataLoader[UUID, models.User]:
        return self._loader(loading.users)

    @cached_property
    def officers(self) -> DataLoader[UUID, models.FieldOfficer]:
        return self._loader(loading.officers)

    @cached_property
    def last_locations(self) -> DataLoader[UUID, models.OfficerLocation | None]:
        return self._loader(loading.last_locations)

    @cached_property
    def groups_of_user(self) -> DataLoader[UUID, list[models.BankingGroup]]:
        return self._loader(self._with_actor(loading.groups_of_users), missing=list)

    @cached_property
    def officers_of_group(self) -> DataLoader[UUID, list[models.OfficerAssignment]]:
        return self._loader(loading_people.officers_of_groups, missing=list)

    @cached_property
    def officials_of_group(self) -> DataLoader[UUID, list[models.GroupOfficial]]:
        return self._loader(loading_people.officials_of_groups, missing=list)

    @cached_property
    def one_time_codes(self) -> DataLoader[UUID, models.OneTimeCode | None]:
        return self._loader(loading_people.one_time_codes)

    @cached_property
    def device_counts(self) -> DataLoader[UUID, int]:
        return self._loader(loading_people.device_counts, missing=int)

    @cached_property
    def unsent_of_user(self) -> DataLoader[UUID, list[Any]]:
        """What a user's phones have not sent, each row with the phone's name."""
        return self._loader(loading_people.unsent_of_users, missing=list)

    @cached_property
    def balances(self) -> DataLoader[UUID, dict[str, int]]:
        """Signed balances by account of an owner: a group, a member or a loan."""
        return self._loader(loading.balances, missing=dict)

    @cached_property
    def savings(self) -> DataLoader[UUID, Any]:
        async def load(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Any]:
            return await loading.savings(session, ids, self.today())

        return self._loader(load)

    @cached_property
    def member_counts(self) -> DataLoader[UUID, int]:
        return self._loader(loading.member_counts, missing=int)

    @cached_property
    def reversals(self) -> DataLoader[UUID, UUID | None]:
        """The entry that reversed an entry of the books."""
        return self._loader(loading.reversals)

    @cached_property
    def loans(self) -> DataLoader[UUID, models.Loan]:
        return self._loader(loading.loans)

    @cached_property
    def loans_of_member(self) -> DataLoader[UUID, list[models.Loan]]:
        return self._loader(loading.loans_of_members, missing=list)

    @cached_property
    def instalments(self) -> DataLoader[UUID, list[models.Instalment]]:
        return self._loader(loading.instalments, missing=list)

    @cached_property
    def repayments(self) -> DataLoader[UUID, list[models.Repayment]]:
        return self._loader(loading.repayments, missing=list)

    @cached_property
    def approvals(self) -> DataLoader[UUID, list[models.Approval]]:
        return self._loader(loading.approvals, missing=list)

    @cached_property
    def charges_of_loan(self) -> DataLoader[UUID, list[models.FineCharge]]:
        return self._loader(loading.charges_of_loans, missing=list)

    @cached_property
    def documents_of_member(self) -> DataLoader[UUID, list[models.Document]]:
        return self._loader(loading.documents_of, missing=list)

    @cached_property
    def identity_checks(self) -> DataLoader[UUID, models.IdentityCheck | None]:
        return self._loader(loading.identity_checks)

    @cached_property
    def attendance(self) -> DataLoader[UUID, list[models.Attendance]]:
        """Who was at a meeting."""
        return self._loader(loading.attendance, missing=list)

    @cached_property
    def meeting_totals(self) -> DataLoader[UUID, list[Any]]:
        return self._loader(loading.meeting_totals, missing=list)

    @cached_property
    def signatures(self) -> DataLoader[UUID, models.Signature]:
        return self._loader(loading.signatures)

    @cached_property
    def dividend_runs(self) -> DataLoader[UUID, models.DividendRun]:
        return self._loader(loading.dividend_runs)

    @cached_property
    def dividend_allocations(self) -> DataLoader[UUID, list[models.DividendAllocation]]:
        return self._loader(loading.dividend_allocations, missing=list)

    @cached_property
    def documents(self) -> DataLoader[UUID, dict[str, UUID]]:
        return self._loader(loading.documents_of_members, missing=dict)

    def _with_actor(self, load: Callable[..., Awaitable[dict[Any, Any]]]) -> Load:
        async def bound(session: AsyncSession, ids: Sequence[Any]) -> dict[Any, Any]:
            return await load(session, self.require(), ids)

        return bound

    def _loader(
        self, load: Load, missing: Callable[[], Any] = lambda: None
    ) -> DataLoader[Any, Any]:
        async def batch(keys: list[Any]) -> list[Any]:
            async with self.runtime.db.reading() as session:
                found = await load(session, keys)
            return [found[key] if key in found else missing() for key in keys]

        return DataLoader(load_fn=batch)


Info = strawberry.Info[RequestContext, None]
