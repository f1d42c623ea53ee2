"""Papers: asking for them, following them, reading them, and checking what was printed.

The rows are the job, as with dividends: they are written in the transaction of the request, and
app/papers works them off whenever a worker looks.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock, crypto
from app.auth.access import groups_reach, load_group, load_meeting, load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.auth.throttle import Limit
from app.dates import LANGUAGES
from app.errors import BadInput, NotFound, RuleBroken, TooManyRequests
from app.models import (
    BankingGroup,
    DividendAllocation,
    DividendRun,
    JournalEntry,
    Loan,
    LoanStatus,
    Member,
    Paper,
    PaperKind,
    PaperSheet,
    PaperStatus,
)
from app.models.base import new_id
from app.receipts import PAIRS, read_number, receipt_number
from app.runtime import Runtime
from app.services.member_privacy import place
from app.services.receipts import TRIES_PER_ADDRESS, TRIES_PER_NUMBER

VERB = "transactions:read"
KEPT_DAYS = 3
MOST_WAITING = 20
"""Of one person: who asks for more waits until some are made."""
FOR_ALL = frozenset({PaperKind.PASSBOOK, PaperKind.DIVIDEND_STATEMENT, PaperKind.LOAN_STATEMENT})
"""Kinds that can be asked for a whole group."""
NEEDS = {
    PaperKind.PASSBOOK: ("year",),
    PaperKind.DIVIDEND_STATEMENT: ("year",),
    PaperKind.RECONCILIATION: ("year", "month"),
}
WHAT = "to check a paper"


async def ask(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Paper:
    """The paper, which a worker makes now.

    NOT_FOUND of a subject outside reach; BAD_INPUT of a period that is missing or no period;
    NOTHING_TO_PRINT where a whole group has no such paper; TOO_MANY_REQUESTS with MOST_WAITING.
    """
    demand(actor, VERB)
    kind = PaperKind(values["kind"])
    whole = bool(values.get("whole_group"))
    if whole and kind not in FOR_ALL:
        raise BadInput("There is one of these for the group.", field="wholeGroup")
    options = _options(kind, values)
    subject_id: UUID = values["subject_id"]

    async def work(session: AsyncSession) -> Paper:
        waiting = await session.execute(
            select(func.count()).where(
                col(Paper.asked_by) == actor.user_id,
                col(Paper.status) == PaperStatus.WAITING.value,
            )
        )
        if waiting.scalar_one() >= MOST_WAITING:
            raise TooManyRequests("Wait until the papers that you asked for are made.")
        group_id = await _group_of(session, actor, kind, subject_id, whole)
        subjects = [subject_id]
        if whole:
            subjects = await _subjects(session, kind, group_id, options)
        if not subjects:
            raise RuleBroken("There is nothing to print.", code="NOTHING_TO_PRINT")
        paper_id = new_id()
        paper = Paper(
            id=paper_id,
            kind=kind.value,
            group_id=group_id,
            subject_id=subject_id,
            whole_group=whole,
            language=_language(values.get("language")),
            options=options,
            total=len(subjects),
            asked_by=actor.user_id,
            asked_at=clock.now(),
            wrapped_key=runtime.keys.wrap(crypto.new_key(), paper_id),
        )
        session.add(paper)
        await session.flush()
        session.add_all(_sheets(paper_id, subjects))
        return paper

    return await runtime.db.transact(work)


def _sheets(paper_id: UUID, subjects: Sequence[UUID]) -> list[PaperSheet]:
    rows = []
    for position, subject_id in enumerate(subjects):
        sheet_id = new_id()
        # "TBP" beside "TB" of a receipt: nobody looks for the one among the others.
        number = receipt_number(sheet_id).replace("TB-", "TBP-")
        rows.append(
            PaperSheet(
                id=sheet_id,
                paper_id=paper_id,
                position=position,
                subject_id=subject_id,
                number=number,
            )
        )
    return rows


def _language(given: Any) -> str:
    if given not in LANGUAGES:
        raise BadInput("en or sw.", field="language")
    return str(given)


def _options(kind: PaperKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The period, as JSON; BAD_INPUT where what the kind needs is missing or wrong."""
    found: dict[str, Any] = {}
    for name in NEEDS.get(kind, ()):
        number, last = values.get(name), 12 if name == "month" else 9999
        if number is None or not (1 if name == "month" else 2000) <= number <= last:
            raise BadInput(f"Say which {name}.", field=name)
        found[name] = number
    since: date | None = values.get("from_")
    until: date | None = values.get("to")
    if kind is PaperKind.GROUP_STATEMENT:
        if since is None or until is None:
            raise BadInput("Say from when to when.", field="from" if since is None else "to")
        if since > until:
            raise BadInput("The period ends before it begins.", field="from")
        found |= {"from": since.isoformat(), "to": until.isoformat()}
    return found


async def _group_of(
    session: AsyncSession, actor: Actor, kind: PaperKind, subject_id: UUID, whole: bool
) -> UUID:
    """The group of the subject; NotFound outside reach."""
    if whole or kind in (PaperKind.GROUP_STATEMENT, PaperKind.RECONCILIATION):
        return (await load_group(session, actor, subject_id)).id
    if kind in (PaperKind.PASSBOOK, PaperKind.DIVIDEND_STATEMENT):
        return (await load_member(session, actor, subject_id)).group_id
    if kind is PaperKind.MINUTES:
        return (await load_meeting(session, actor, subject_id)).group_id
    model: Any = JournalEntry if kind is PaperKind.RECEIPT else Loan
    found = await session.get(model, subject_id)
    if found is None or not await groups_reach(session, actor, [found.group_id]):
        raise NotFound("There is nothing like that.", field="subjectId")
    group_id: UUID = found.group_id
    return group_id


async def _subjects(
    session: AsyncSession, kind: PaperKind, group_id: UUID, options: Mapping[str, Any]
) -> list[UUID]:
    """Whom a whole group's papers are about, by name: active members, those with a share in the
    year's dividend, or the loans that are running."""
    members = select(col(Member.id)).where(col(Member.group_id) == group_id)
    order = (col(Member.name_key), col(Member.id))
    if kind is PaperKind.LOAN_STATEMENT:
        statement: Any = (
            select(col(Loan.id))
            .join(Member, col(Member.id) == col(Loan.member_id))
            .where(col(Loan.group_id) == group_id, col(Loan.status) == LoanStatus.DISBURSED.value)
        )
    elif kind is PaperKind.DIVIDEND_STATEMENT:
        shares = (
            select(col(DividendAllocation.member_id))
            .join(DividendRun, col(DividendRun.id) == col(DividendAllocation.run_id))
            .where(
                col(DividendRun.group_id) == group_id,
                col(DividendRun.fiscal_year) == options["year"],
            )
        )
        statement = members.where(col(Member.id).in_(shares))
    else:
        statement = members.where(col(Member.is_active))
    return list((await session.execute(statement.order_by(*order))).scalars())


async def find_paper(session: AsyncSession, actor: Actor, paper_id: UUID) -> Paper | None:
    """The paper, or None where its group lies outside reach."""
    demand(actor, VERB)
    paper = await session.get(Paper, paper_id)
    if paper is None or not await groups_reach(session, actor, [paper.group_id]):
        return None
    return paper


async def progress(session: AsyncSession, paper_id: UUID) -> dict[str, int]:
    """How many of the paper's sheets stand where, by status."""
    rows = await session.execute(
        select(col(PaperSheet.status), func.count())
        .where(col(PaperSheet.paper_id) == paper_id)
        .group_by(col(PaperSheet.status))
    )
    return {status: int(count) for status, count in rows.all()}


async def read_paper(
    runtime: Runtime, session: AsyncSession, actor: Actor, paper_id: UUID
) -> tuple[Paper, bytes]:
    """The PDF or ZIP; NotFound outside reach, before it is made and after it was removed."""
    paper = await find_paper(session, actor, paper_id)
    if paper is None or paper.status != PaperStatus.DONE.value:
        raise NotFound("There is no such paper.", field="id")
    sealed = await runtime.storage.get(storage_key(paper.id))
    key = runtime.keys.unwrap(paper.wrapped_key, paper.id)
    return paper, crypto.unseal(key, sealed, place(paper.id, "paper"))


def storage_key(row_id: UUID) -> str:
    """Where the content of a paper, or of a sheet until the paper is whole, lies sealed."""
    return f"papers/{row_id}"


def paper_code(secret: str, sheet_id: UUID, head: bytes) -> str:
    """ "XXXX-XXXX": 40 bits of an HMAC over the sheet and the chain's end, which nobody can make
    who does not hold the deployment's secret."""
    found = hmac.digest(secret.encode(), b"paper" + sheet_id.bytes + head, "sha256")
    bits = int.from_bytes(found[:5], "big")
    pairs = [PAIRS[bits >> shift & 1023] for shift in (30, 20, 10, 0)]
    return "{}{}-{}{}".format(*pairs)


def receipt_page_address(public_url: str) -> str | None:
    """Where receipts and papers are checked; None where nobody else could reach the page."""
    host = urlsplit(public_url).hostname or ""
    own = host in ("localhost", "::1") or host.startswith("127.")
    return None if own else public_url.rstrip("/") + "/receipt"


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A paper that was made here."""

    number: str
    kind: PaperKind
    group_name: str
    made_at: datetime
    head: str
    book_sequence: int
    head_holds: bool
    """The group's books still have this hash at this place: nothing before it was changed."""


async def check_paper(
    runtime: Runtime, *, number: str, code: str, address: str
) -> CheckedPaper | None:
    """The paper, or None where the number is unknown or the code is another one; limited like
    the checking of receipts."""
    asked = _read_paper_number(number)
    limits = [Limit(f"papers:{address}", TRIES_PER_ADDRESS)]
    if asked:
        limits.append(Limit(f"paper:{asked}", TRIES_PER_NUMBER))
    await runtime.throttle.count(limits, WHAT)
    async with runtime.db.reading() as session:
        rows = await session.execute(
            select(PaperSheet, Paper, col(BankingGroup.name))
            .join(Paper, col(Paper.id) == col(PaperSheet.paper_id))
            .join(BankingGroup, col(BankingGroup.id) == col(Paper.group_id))
            .where(col(PaperSheet.number) == asked)
        )
        found = rows.one_or_none()
        sheet: PaperSheet | None = found[0] if found else None
        hashes = await session.execute(
            select(col(JournalEntry.hash)).where(
                col(JournalEntry.group_id) == (found[1].group_id if found else None),
                col(JournalEntry.sequence) == (sheet.book_sequence if sheet else None),
            )
        )
        there = hashes.scalar_one_or_none()
    head = sheet.head if sheet is not None else None
    right = paper_code(runtime.settings.secret_key, sheet.id, head) if sheet and head else "-"
    fits = hmac.compare_digest(right.encode(), _read_paper_code(code).encode())
    if not fits or found is None or sheet is None or not head or sheet.made_at is None:
        return None
    return CheckedPaper(
        number=sheet.number,
        kind=PaperKind(found[1].kind),
        group_name=found[2],
        made_at=sheet.made_at,
        head=head.hex(),
        book_sequence=sheet.book_sequence or 0,
        # Before the first entry there is nothing that could have been changed.
        head_holds=there == head or (not sheet.book_sequence and there is None),
    )


def _read_paper_number(text: str) -> str | None:
    letters = "".join(text.upper().split()).replace("-", "")
    found = read_number(letters[3:]) if letters.startswith("TBP") else None
    return found.replace("TB-", "TBP-") if found else None


def _read_paper_code(text: str) -> str:
    letters = "".join(text.upper().split()).replace("-", "").replace("O", "0")
    return f"{letters[:4]}-{letters[4:]}"
