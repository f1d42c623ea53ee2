"""Papers show what the queries answer, to those who may see it, and can be checked afterwards."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from app import clock
from app.errors import NotFound
from app.models import Member, Paper, PaperKind
from app.models.base import new_id
from app.papers import work
from app.papers.layout import drawn
from app.papers.queries import DOCUMENTS
from app.papers.words import TEXT, Words
from app.services.erasure import EraseReason, erase_member
from app.services.papers import read_paper
from app.services.receipts import read_receipt
from app.workers.papers import make_papers, remove_old_papers
from tests.support import meetings
from tests.support.api import Answer, contribute, the_schema
from tests.support.http_api import running
from tests.support.loans import Lending, lending
from tests.support.stage import Stage, set_stage

REQUEST = """mutation Ask($input: RequestPaperInput!) { requestPaper(input: $input) {
  id status total done failed url } }"""
FIND = (
    """query Find($id: UUID!) { paper(id: $id) { id status total done failed url group { id } } }"""
)
DRAFT = """mutation Draft($g: UUID!, $y: Int!) {
  calculateDividends(groupId: $g, fiscalYear: $y) { id } }"""
LOGIN = "mutation In($input: LoginInput!) { login(input: $input) { accessToken } }"
CHECK = """query Check($number: String!, $code: String!) {
  paperCheck(number: $number, code: $code) {
  kind groupName bookSequence head headHolds } }"""


async def ask(stage: Stage, kind: str, subject: Any, who: Any = None, **more: Any) -> Answer:
    values = {"kind": kind, "subjectId": str(subject), **more}
    return await stage.api.ask(who or stage.officer, REQUEST, input=values)


async def work_now(stage: Stage) -> int:
    return await make_papers({"runtime": stage.runtime, "schema": the_schema()})


async def content(stage: Stage, paper_id: Any, who: Any = None) -> bytes:
    async with stage.runtime.db.reading() as session:
        found = await read_paper(
            stage.runtime, session, (who or stage.officer).actor, UUID(paper_id)
        )
    return found[1]


def text_of(pdf: bytes) -> str:
    """The words of all pages, without the places where lines break."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split())


def grouped(amount: str) -> str:
    return f"{Decimal(amount):,.2f}"


async def a_meeting(stage: Stage) -> str:
    """One that was held and closed with the cash that should be there."""
    meeting_id = await meetings.opened(stage)
    lines = meetings.sheet(
        stage,
        meeting_id,
        meetings.line("REGULAR", stage.jane, "350.00", memberId=str(stage.jane.id)),
    )
    await meetings.sync(stage, lines)
    await meetings.sync(stage, meetings.closing(meeting_id, await meetings.cash(stage)))
    return meeting_id


async def everything(lender: Lending) -> dict[str, tuple[Any, dict[str, Any]]]:
    """A subject for each kind, and the period where it needs one."""
    stage, today = lender.stage, date.fromisoformat(lender.stage.api.today())
    loan_id = await lender.running("9000.00")
    await lender.repay(loan_id, "1234.00")
    meeting_id = await a_meeting(stage)
    entry = (await stage.entries())[-1].row.id
    month = {"year": today.year, "month": today.month}
    period = {"from": f"{today.year}-01-01", "to": today.isoformat()}
    drafted = await stage.api.ask(stage.admin, DRAFT, g=str(stage.group.id), y=today.year)
    assert not drafted.errors, drafted.errors
    return {
        "LOAN_STATEMENT": (loan_id, {}),
        "LOAN_AGREEMENT": (loan_id, {}),
        "PASSBOOK": (lender.jane.id, {"year": today.year}),
        "DIVIDEND_STATEMENT": (lender.jane.id, {"year": today.year}),
        "GROUP_STATEMENT": (stage.group.id, period),
        "MINUTES": (meeting_id, {}),
        "RECONCILIATION": (stage.group.id, month),
        "RECEIPT": (entry, {}),
    }


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_pdf_says_in_either_language_what_the_queries_say(stage: Stage) -> None:
    # One of each sort of page; the words of all kinds are tested below, and others rendered, too.
    of_all = await everything(await lending(stage))
    subjects = {kind: of_all[kind] for kind in ("LOAN_AGREEMENT", "MINUTES", "GROUP_STATEMENT")}
    asked = {}
    for position, (kind, (subject, period)) in enumerate(subjects.items()):
        language = ("en", "sw")[position % 2]
        answer = await ask(stage, kind, subject, stage.admin, language=language, **period)
        asked[kind] = (answer["requestPaper"]["id"], language)
    assert await work_now(stage) == len(subjects)
    for kind, (paper_id, language) in asked.items():
        found = (await stage.api.ask(stage.admin, FIND, id=paper_id))["paper"]
        assert (found["status"], found["done"], found["failed"]) == ("DONE", 1, 0), kind
        assert found["url"] == f"/papers/{paper_id}"
        text = text_of(await content(stage, paper_id, stage.admin))
        title = Words(language)[kind].split("{")[0].strip(", ")
        assert title in text, kind
        assert stage.group.name in text
        assert ("Page 1 of" if language == "en" else "Ukurasa 1 kati ya") in text
        for amount in await amounts(stage, kind, subjects[kind]):
            assert grouped(amount) in text, (kind, amount)
    await stage.books_hold()


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_every_kind_says_the_same_in_both_languages(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def as_it_is(pages: Any) -> list[bytes]:
        """The document before it is rendered, which takes seconds."""
        return [page.encode() for page in pages]

    monkeypatch.setattr(work, "render", as_it_is)
    subjects = await everything(await lending(stage))
    asked = []
    for kind, (subject, period) in subjects.items():
        for language in ("en", "sw"):
            answer = await ask(stage, kind, subject, stage.admin, language=language, **period)
            asked.append((kind, language, answer["requestPaper"]["id"]))
    assert await work_now(stage) == len(asked)
    for kind, language, paper_id in asked:
        page = (await content(stage, paper_id, stage.admin)).decode()
        assert Words(language)[kind].split("{")[0] in page
        assert stage.group.group_code in page
        for amount in await amounts(stage, kind, subjects[kind]):
            assert grouped(amount) in page, (kind, language, amount)


async def amounts(stage: Stage, kind: str, about: tuple[Any, dict[str, Any]]) -> set[str]:
    """Every amount but zeros in the answer to the paper's query."""
    given = {"id": str(about[0]), **about[1]}
    used = {
        name: value for name, value in given.items() if f"${name}:" in DOCUMENTS[PaperKind(kind)]
    }
    answer = await stage.api.ask(stage.admin, DOCUMENTS[PaperKind(kind)], **used)
    assert not answer.errors, answer.errors
    found = set(re.findall(r"'(-?\d+\.\d\d)'", str(answer.data)))
    hidden = set()
    if kind.startswith("LOAN"):
        # Percentages, and what only the other paper of the loan shows.
        loan = answer["loan"]
        hidden = {loan["interestRate"], loan["annualPercentageRate"], loan["terms"]["lateFine"]}
        own = {"LOAN_STATEMENT": ("payoff", "loanAmount", "arrears", "outstandingPrincipal")}
        names = own.get(kind, ("loanAmount", "totalInterest", "totalRepayable", "fee"))
        found = {loan[name] for name in names}
        found |= {row[name] for row in loan["repaymentSchedule"] for name in ("total", "paid")}
    if kind == "DIVIDEND_STATEMENT":
        hidden = {answer["dividendStatement"]["run"]["profitShare"]}
    return {one for one in found - hidden if one != "0.00"} - (
        {"-350.00"} if kind == "RECEIPT" else set()
    )


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_printed_paper_can_be_checked_and_its_content_goes_after_some_days(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "500.00"))
    entry = (await stage.entries())[-1].row
    answer = await ask(stage, "RECEIPT", entry.id)
    paper_id = answer["requestPaper"]["id"]
    assert answer["requestPaper"]["url"] is None
    with pytest.raises(NotFound):
        await content(stage, paper_id)
    await work_now(stage)
    assert await work_now(stage) == 0
    text = text_of(await content(stage, paper_id))
    async with stage.runtime.db.reading() as session:
        receipt = await read_receipt(session, entry.reference)
    assert receipt is not None
    for words in (entry.reference, receipt.code, "KES 500.00", stage.jane.member_name):
        assert words in text
    number, code = re.search(r"(TBP-\S+) · code (\S+)", text).groups()  # type: ignore[union-attr]
    assert entry.hash.hex() in text.replace(" ", "")
    checked = {
        "kind": "RECEIPT",
        "groupName": stage.group.name,
        "bookSequence": 1,
        "head": entry.hash.hex(),
        "headHolds": True,
    }
    # What was printed is checked long after its content is gone.
    monkeypatch.setattr(clock, "now", later(clock.now() + timedelta(days=4)))
    assert await remove_old_papers({"runtime": stage.runtime}) == 1
    with pytest.raises(NotFound):
        await content(stage, paper_id)
    for given in ((number, code), (number.lower(), code.replace("-", " "))):
        found = await stage.api.ask(None, CHECK, number=given[0], code=given[1])
        assert found["paperCheck"] == checked
    for given in ((number, "0000-0000"), ("TBP-0000-0000-0000", code), (number, "-"), ("x", "")):
        assert (await stage.api.ask(None, CHECK, number=given[0], code=given[1]))[
            "paperCheck"
        ] is None


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_the_page_for_receipts_checks_papers_too(settings: Any) -> None:
    async with running(settings) as api:
        stage = await set_stage(api.runtime)
        answer = await ask(stage, "PASSBOOK", stage.jane.id, year=2026)
        paper_id = answer["requestPaper"]["id"]

        # The worker inside the server makes it, in a process of its own: it looks every 5 s.
        for _ in range(600):
            found = await stage.api.ask(stage.officer, FIND, id=paper_id)
            if found["paper"]["status"] != "WAITING":
                break
            await asyncio.sleep(0.1)
        text = text_of(await content(stage, paper_id))
        number, code = re.search(r"(TBP-\S+) · code (\S+)", text).groups()  # type: ignore[union-attr]
        shown = await api.http.get("/receipt", params={"number": number, "code": code})
        assert shown.status_code == 200
        assert "Passbook" in shown.text
        assert "the books are as they were" in shown.text
        assert stage.jane.member_name not in shown.text
        wrong = await api.http.get("/receipt", params={"number": number, "code": "0000-0000"})
        assert wrong.status_code == 404
        # Fetched over HTTP by whoever may, and by nobody else.
        assert (await api.http.get(f"/papers/{paper_id}")).status_code == 401
        person = {"phone": stage.officer.phone, "password": stage.officer.password}
        signed_in = await api.execute(LOGIN, {"input": person})
        token = signed_in.data["login"]["accessToken"]
        got = await api.http.get(
            f"/papers/{paper_id}", headers={"Authorization": f"Bearer {token}"}
        )
        assert (got.status_code, got.headers["content-type"]) == (200, "application/pdf")
        assert got.content.startswith(b"%PDF")


def later(moment: Any) -> Any:
    return lambda: moment


async def test_a_long_ledger_says_what_is_left_out_and_who_is_erased_is_on_no_paper(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOST_LINES", 4)
    monkeypatch.setattr(work, "PAGE", 2)
    erased: list[Any] = []

    async def while_it_is_rendered(pages: Any) -> list[bytes]:
        for member_id in erased:
            reason = EraseReason.REGISTERED_BY_MISTAKE
            await erase_member(stage.runtime, stage.admin.actor, member_id, reason)
        return [page.encode() for page in pages]

    monkeypatch.setattr(work, "render", while_it_is_rendered)
    await stage.api.sync(stage.officer, *(contribute(stage.jane.id, "10.00") for _ in range(7)))
    year = date.fromisoformat(stage.api.today()).year
    paper_id = (await ask(stage, "PASSBOOK", stage.jane.id, year=year))["requestPaper"]["id"]
    await work_now(stage)
    page = (await content(stage, paper_id)).decode()
    assert page.count("10.00</td>") >= 4
    assert "3 more are not on this paper" in page
    # John is erased while a paper that may show him is made.
    erased.append(stage.john.id)
    paper_id = (await ask(stage, "PASSBOOK", stage.jane.id, year=year))["requestPaper"]["id"]
    await work_now(stage)
    found = (await stage.api.ask(stage.officer, FIND, id=paper_id))["paper"]
    assert (found["status"], found["url"]) == ("REMOVED", None)
    with pytest.raises(NotFound):
        await content(stage, paper_id)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_only_those_who_may_see_the_group_get_its_papers(stage: Stage) -> None:
    other = await stage.make.group()
    stranger = await stage.make.chair(other)
    for kind, subject, more in (
        ("PASSBOOK", stage.jane.id, {"year": 2026}),
        ("GROUP_STATEMENT", stage.group.id, {"from": "2026-01-01", "to": "2026-02-01"}),
        ("MINUTES", new_id(), {}),
        ("RECEIPT", new_id(), {}),
        ("LOAN_STATEMENT", new_id(), {}),
        ("PASSBOOK", stage.group.id, {"year": 2026, "wholeGroup": True}),
    ):
        assert (await ask(stage, kind, subject, stranger, **more)).code == "NOT_FOUND"
    paper_id = (await ask(stage, "PASSBOOK", stage.jane.id, stage.chair, year=2026))[
        "requestPaper"
    ]["id"]
    assert (await stage.api.ask(stranger, FIND, id=paper_id))["paper"] is None
    await work_now(stage)
    assert "Passbook 2026" in text_of(await content(stage, paper_id, stage.officer))
    with pytest.raises(NotFound):
        await content(stage, paper_id, stranger)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_what_is_no_paper_is_refused_with_the_field(stage: Stage) -> None:
    for kind, subject, more, field in (
        ("PASSBOOK", stage.jane.id, {}, "year"),
        ("RECONCILIATION", stage.group.id, {"year": 2026, "month": 13}, "month"),
        ("GROUP_STATEMENT", stage.group.id, {"from": "2026-02-01", "to": "2026-01-01"}, "from"),
        ("MINUTES", stage.group.id, {"wholeGroup": True}, "wholeGroup"),
        ("PASSBOOK", stage.jane.id, {"year": 2026, "language": "fr"}, "language"),
    ):
        answer = await ask(stage, kind, subject, **more)
        assert (answer.code, answer.field) == ("BAD_INPUT", field)
    answer = await ask(stage, "LOAN_STATEMENT", stage.group.id, wholeGroup=True)
    assert answer.code == "NOTHING_TO_PRINT"
    assert not await stage.all_of(Paper)


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_a_whole_groups_zip_goes_on_where_a_killed_worker_left_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(28):
        await stage.make.member(stage.group)
    rendered: list[int] = []

    async def quick(pages: Any) -> list[bytes]:
        """Rendering is tested elsewhere; here the third process takes the worker along."""
        rendered.append(len(pages))
        if len(rendered) == 3:
            raise KeyboardInterrupt
        return [f"%PDF {page}".encode() for page in pages]

    monkeypatch.setattr(work, "render", quick)
    answer = await ask(stage, "PASSBOOK", stage.group.id, year=2026, wholeGroup=True)
    paper_id = answer["requestPaper"]["id"]
    assert answer["requestPaper"]["total"] == 30
    with pytest.raises(KeyboardInterrupt):
        await work_now(stage)
    found = (await stage.api.ask(stage.officer, FIND, id=paper_id))["paper"]
    assert (found["status"], found["done"]) == ("WAITING", 2 * work.AT_ONCE)
    # The dead one holds it for a while yet.
    assert await work_now(stage) == 0
    then = clock.now() + timedelta(seconds=work.LEASE_SECONDS + 1)
    monkeypatch.setattr(clock, "now", later(then))
    assert await work_now(stage) == 30 - 2 * work.AT_ONCE
    archive = zipfile.ZipFile(io.BytesIO(await content(stage, paper_id)))
    assert len(archive.namelist()) == 30
    names = " ".join(archive.read(name).decode() for name in archive.namelist())
    for member in await stage.all_of(Member):
        assert member.member_name in names


def test_both_languages_have_every_word_and_letters_lose_marks_rather_than_vanish() -> None:
    for line in TEXT.strip().splitlines():
        key, english, swahili = line.split(" | ")
        assert re.findall(r"{\w+}", english) == re.findall(r"{\w+}", swahili) or sorted(
            re.findall(r"{\w+}", english)
        ) == sorted(re.findall(r"{\w+}", swahili)), key
    assert drawn("Wanjirũ Mũthonĩ – ñ") == "Wanjiru Muthoni – ñ"
    assert drawn("日") == "?"
