"""Makes papers: whatever waits, sheet by sheet, so that a killed worker's paper goes on.

A sheet is finished exactly when its row says so, and its content is stored before that. A worker
holds a paper for LEASE_SECONDS and again with every sheet; who was killed holds it no longer.
Making a sheet twice does no harm: the later content stands.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from anyio import to_thread
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock, crypto
from app.auth.actor import Actor
from app.context import RequestContext
from app.dates import long_date
from app.errors import DomainError, NotFound
from app.graphql.execution import Schema
from app.models import (
    BankingGroup,
    JournalEntry,
    Member,
    Paper,
    PaperKind,
    PaperSheet,
    PaperStatus,
    Role,
    User,
)
from app.papers.group_papers import group_statement, minutes, reconciliation
from app.papers.layout import Sheet
from app.papers.loan_papers import loan_agreement, loan_statement
from app.papers.member_papers import dividend_statement, passbook, receipt
from app.papers.queries import DOCUMENTS, GROUP_LINES, MEMBER_LINES, MOST_LINES, PAGE
from app.papers.render import NotRendered, render
from app.papers.words import Words
from app.runtime import Runtime
from app.services.member_privacy import place
from app.services.papers import paper_code, receipt_page_address, storage_key
from app.services.receipts import read_receipt

LEASE_SECONDS = 240
"""More than the patience with one process (render.PATIENCE)."""
AT_ONCE = 8
"""Sheets that one process renders: starting it takes longer than a page."""
TRIES = 3
LAID_OUT: dict[PaperKind, Callable[[dict[str, Any], Words, str], Sheet]] = {
    PaperKind.LOAN_STATEMENT: loan_statement,
    PaperKind.LOAN_AGREEMENT: loan_agreement,
    PaperKind.PASSBOOK: passbook,
    PaperKind.DIVIDEND_STATEMENT: dividend_statement,
    PaperKind.GROUP_STATEMENT: group_statement,
    PaperKind.MINUTES: minutes,
    PaperKind.RECONCILIATION: reconciliation,
    PaperKind.RECEIPT: receipt,
}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet that is ready to be rendered."""

    row: PaperSheet
    page: str
    head: bytes
    book_sequence: int
    name: str


async def work_off(runtime: Runtime, schema: Schema) -> int:
    """Makes what waits, oldest first; how many sheets."""
    made = 0
    async with runtime.db.reading() as session:
        waiting = await session.execute(
            select(col(Paper.id))
            .where(col(Paper.status) == PaperStatus.WAITING.value)
            .order_by(col(Paper.asked_at))
        )
        ids = list(waiting.scalars())
    for paper_id in ids:
        if await _hold(runtime, paper_id, claim=True):
            made += await _make(runtime, schema, paper_id)
    return made


async def _hold(runtime: Runtime, paper_id: UUID, *, claim: bool = False) -> bool:
    """Holds the paper for this worker; False where another one does."""
    now = clock.now()

    async def work(session: AsyncSession) -> bool:
        wanted = [col(Paper.id) == paper_id, col(Paper.status) == PaperStatus.WAITING.value]
        if claim:
            free = or_(col(Paper.leased_until).is_(None), col(Paper.leased_until) < now)
            wanted.append(free)
        until = now + timedelta(seconds=LEASE_SECONDS)
        held = await session.execute(update(Paper).where(*wanted).values(leased_until=until))
        return bool(held.rowcount)  # type: ignore[attr-defined]

    return await runtime.db.transact(work)


async def _make(runtime: Runtime, schema: Schema, paper_id: UUID) -> int:
    async with runtime.db.reading() as session:
        paper = await session.get_one(Paper, paper_id)
        rows = await session.execute(
            select(PaperSheet)
            .where(col(PaperSheet.paper_id) == paper_id)
            .order_by(col(PaperSheet.position))
        )
        sheets = list(rows.scalars())
        user = await session.get(User, paper.asked_by)
    left = [row for row in sheets if row.status == PaperStatus.WAITING.value]
    for at in range(0, len(left), AT_ONCE):
        await _make_some(runtime, schema, paper, user, left[at : at + AT_ONCE])
        await _hold(runtime, paper_id)
    await _finish(runtime, paper)
    return len(left)


async def _make_some(
    runtime: Runtime, schema: Schema, paper: Paper, user: User | None, rows: list[PaperSheet]
) -> None:
    laid: list[Laid] = []
    for row in rows:
        try:
            if user is None or not user.is_active:
                raise NotFound("Whoever asked is gone.")
            laid.append(await _lay_out(runtime, schema, paper, user, row))
        except DomainError as error:
            await _settle(runtime, row.id, code=error.code)
    for one, pdf in await _render_all(laid):
        if pdf is None:
            await _settle(runtime, one.row.id, code="NOT_RENDERED")
            continue
        key = runtime.keys.unwrap(paper.wrapped_key, paper.id)
        content = one.name.encode() + b"\n" + pdf
        sealed = crypto.seal(key, content, place(one.row.id, "sheet"))
        await runtime.storage.put(storage_key(one.row.id), sealed)
        await _settle(runtime, one.row.id, head=one.head, sequence=one.book_sequence)


async def _render_all(laid: list[Laid]) -> list[tuple[Laid, bytes | None]]:
    """All in one process; where it fails, each alone, so that one does not spoil the others."""
    try:
        return list(zip(laid, await render([one.page for one in laid]), strict=True))
    except NotRendered:
        log.warning("papers could not be rendered together", extra={"sheets": len(laid)})
    found: list[tuple[Laid, bytes | None]] = []
    for one in laid:
        try:
            found.append((one, (await render([one.page]))[0]))
        except NotRendered:
            log.exception("a paper could not be rendered", extra={"sheet": str(one.row.id)})
            found.append((one, None))
    return found


async def _lay_out(
    runtime: Runtime, schema: Schema, paper: Paper, user: User, row: PaperSheet
) -> Laid:
    """The sheet as HTML. The books must stand still meanwhile, or it is asked again."""
    kind, words = PaperKind(paper.kind), Words(paper.language)
    for attempt in range(1, TRIES + 1):
        data = await _gather(runtime, schema, paper, user, row.subject_id)
        sheet = LAID_OUT[kind](data, words, runtime.settings.currency)
        head: dict[str, Any] = dict(sheet.group).get("bookHead")  # type: ignore[assignment]
        again = await _ask(runtime, schema, user, HEAD, {"id": str(paper.group_id)})
        if again["group"]["bookHead"] == head or attempt == TRIES:
            break
    seal = bytes.fromhex(head["hash"])
    settings = runtime.settings
    today = clock.today(settings.timezone)
    proof = [
        words["number"].format(
            number=row.number, code=paper_code(settings.secret_key, row.id, seal)
        ),
        words["head"].format(sequence=head["sequence"], head=head["hash"]),
    ]
    page = receipt_page_address(settings.public_url)
    if page:
        proof.append(words["check"].format(page=page))
    made = words["made"].format(day=long_date(today, paper.language))
    name = re.sub(r"[^\w-]+", "-", f"{row.position + 1:03d}-{kind.value.lower()}-{_named(data)}")
    return Laid(row, sheet.page(made, proof), seal, head["sequence"], name.strip("-") + ".pdf")


HEAD = "query PaperHead($id: UUID!) { group(id: $id) { bookHead { sequence hash } } }"


def _named(data: dict[str, Any]) -> str:
    """The member's name, for a file among those of a whole group."""
    for value in data.values():
        if isinstance(value, dict):
            if "memberName" in value:
                return str(value["memberName"])
            found = _named(value)
            if found:
                return found
    return ""


async def _gather(
    runtime: Runtime, schema: Schema, paper: Paper, user: User, subject_id: UUID
) -> dict[str, Any]:
    """What the API answers to whoever asked for the paper; NotFound where it answers nothing."""
    kind, options = PaperKind(paper.kind), paper.options
    about = {"id": str(subject_id), **options}
    data = await _ask(runtime, schema, user, DOCUMENTS[kind], about)
    data["options"] = options
    if kind is PaperKind.PASSBOOK:
        period = {"from": f"{options['year']}-01-01", "to": f"{options['year']}-12-31"}
        await _lines(runtime, schema, user, data, MEMBER_LINES, {"id": str(subject_id), **period})
    elif kind is PaperKind.GROUP_STATEMENT:
        await _lines(runtime, schema, user, data, GROUP_LINES, about)
    elif kind is PaperKind.RECEIPT:
        async with runtime.db.reading() as session:
            entry = await session.get_one(JournalEntry, subject_id)
            data["receipt"] = await read_receipt(session, entry.reference)
    return data


async def _lines(
    runtime: Runtime,
    schema: Schema,
    user: User,
    data: dict[str, Any],
    document: str,
    about: dict[str, Any],
) -> None:
    """Puts MOST_LINES of a ledger into the data, and how many are left out."""
    found: list[dict[str, Any]] = []
    after = None
    while len(found) < MOST_LINES:
        answer = await _ask(
            runtime, schema, user, document, about | {"first": PAGE, "after": after}
        )
        lines = answer["lines"]
        found += [edge["node"] for edge in lines["edges"]]
        after = lines["pageInfo"]["endCursor"]
        if not lines["pageInfo"]["hasNextPage"]:
            break
    data["lines"], data["left_out"] = found, lines["totalCount"] - len(found)


async def _ask(
    runtime: Runtime, schema: Schema, user: User, document: str, variables: dict[str, Any]
) -> dict[str, Any]:
    context = RequestContext(runtime, Actor(user.id, Role(user.role), user.group_id))
    names = {name for name in variables if f"${name}:" in document}
    given = {name: value for name, value in variables.items() if name in names}
    result: Any = await schema.execute(document, variable_values=given, context_value=context)
    if result.errors:
        cause = result.errors[0].original_error
        raise cause if isinstance(cause, DomainError) else result.errors[0]
    if any(value is None for value in result.data.values()):
        raise NotFound("There is nothing to print.")
    data: dict[str, Any] = result.data
    return data


async def _settle(
    runtime: Runtime,
    sheet_id: UUID,
    *,
    code: str | None = None,
    head: bytes | None = None,
    sequence: int | None = None,
) -> None:
    """The sheet is made, or cannot be made for the reason `code`."""
    status = PaperStatus.DONE if code is None else PaperStatus.FAILED

    async def work(session: AsyncSession) -> None:
        await session.execute(
            update(PaperSheet)
            .where(col(PaperSheet.id) == sheet_id)
            .values(
                status=status.value,
                code=code,
                head=head,
                book_sequence=sequence,
                made_at=clock.now(),
            )
        )

    await runtime.db.transact(work)


async def _finish(runtime: Runtime, paper: Paper) -> None:
    """Puts the sheets together: one PDF as it is, a whole group's in a ZIP."""
    async with runtime.db.reading() as session:
        rows = await session.execute(
            select(PaperSheet)
            .where(
                col(PaperSheet.paper_id) == paper.id,
                col(PaperSheet.status) == PaperStatus.DONE.value,
            )
            .order_by(col(PaperSheet.position))
        )
        sheets = list(rows.scalars())
    key = runtime.keys.unwrap(paper.wrapped_key, paper.id)
    files: list[tuple[str, bytes]] = []
    for row in sheets:
        sealed = await runtime.storage.get(storage_key(row.id))
        name, _, pdf = crypto.unseal(key, sealed, place(row.id, "sheet")).partition(b"\n")
        files.append((name.decode(), pdf))
    content = b""
    if files:
        content = await to_thread.run_sync(_zip, files) if paper.whole_group else files[0][1]
        sealed = crypto.seal(key, content, place(paper.id, "paper"))
        await runtime.storage.put(storage_key(paper.id), sealed)
    status = await _close(
        runtime, paper, PaperStatus.DONE if files else PaperStatus.FAILED, content
    )
    if status is PaperStatus.REMOVED:
        await runtime.storage.delete(storage_key(paper.id))
    for row in sheets:
        await runtime.storage.delete(storage_key(row.id))


async def _close(
    runtime: Runtime, paper: Paper, status: PaperStatus, content: bytes
) -> PaperStatus:
    """Says that the paper is made; REMOVED where somebody of the group was erased meanwhile, for
    it may show who that was."""

    async def work(session: AsyncSession) -> PaperStatus:
        # Erasing holds this lock too, and removes the papers that are made by then.
        await session.execute(
            select(col(BankingGroup.id))
            .where(col(BankingGroup.id) == paper.group_id)
            .with_for_update(key_share=True)
        )
        erased = await session.execute(
            select(col(Member.id))
            .where(col(Member.group_id) == paper.group_id, col(Member.erased_at) >= paper.asked_at)
            .limit(1)
        )
        found = status if erased.first() is None else PaperStatus.REMOVED
        await session.execute(
            update(Paper)
            .where(col(Paper.id) == paper.id)
            .values(status=found.value, finished_at=clock.now(), size=len(content))
        )
        return found

    return await runtime.db.transact(work)


def _zip(files: list[tuple[str, bytes]]) -> bytes:
    """PDFs are packed already: stored as they are."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, pdf in files:
            archive.writestr(name, pdf)
    return packed.getvalue()
