"""Messages to members: who gets which, once, by whichever provider takes it."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from app import clock
from app.config import load_settings
from app.errors import ConfigurationError
from app.integrations import messaging as wire
from app.models import BankingGroup, Member, Message, OutboxMessage
from app.models.base import new_id
from app.receipts import receipt_code
from app.runtime import Runtime
from app.workers.messages import _end_of_quiet
from app.workers.outbox import work_off
from app.workers.reminders import write_reminders
from app.workers.topics import TOPICS
from tests.rules.test_dividends import earned, posted, year
from tests.rules.test_erasure import erase
from tests.simulators.africastalking import TAKES_AND_FAILS, TAKES_AND_HANGS
from tests.simulators.whatsapp import status, word
from tests.support.api import contribute, edit
from tests.support.loans import lending
from tests.support.messaging import VERIFY, Messaging, messaging
from tests.support.settings import SECRETS
from tests.support.stage import set_stage

LIST = """query L($memberId: UUID, $state: MessageState) {
  messages(memberId: $memberId, state: $state) { totalCount edges { node {
    template language state channel cost reason text member { id } } } } }"""
WISH = """mutation W($memberId: UUID!, $language: String, $wanted: Boolean) {
  setMemberMessages(memberId: $memberId, language: $language, wanted: $wanted) {
    language messagesWanted } }"""
RESEND = "mutation R($ids: [UUID!]!) { resendMessages(ids: $ids) }"
RESET = "mutation R($userId: UUID!) { resetPassword(userId: $userId) { code } }"


@pytest.fixture
async def desk(runtime: Runtime) -> AsyncIterator[Messaging]:
    async with messaging(runtime) as made:
        yield made


async def test_every_contribution_has_its_receipt_and_a_member_one_message_a_batch(
    desk: Messaging,
) -> None:
    stage = desk.stage
    await stage.api.ask(stage.officer, WISH, memberId=str(stage.john.id), language="en")
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "1500.00"),
        contribute(stage.jane.id, "200.00", contributionType="WELFARE"),
        contribute(stage.john.id, "500.00"),
    )
    jane, john, more = (one["receiptNumber"] for one in (results[0], results[2], results[1]))
    code, other = (receipt_code(UUID(one["offlineSyncId"])) for one in results[:2])
    assert len([r for r in await stage.all_of(OutboxMessage) if r.topic == "member_news"]) == 1
    await desk.work()
    await desk.work()
    (hers,) = desk.sms.texts(desk.phone(stage.jane))
    (his,) = desk.sms.texts(desk.phone(stage.john))
    group, name = stage.group.name, stage.jane.member_name.split()[0]
    assert hers == (
        f"{group}: {name}, tumepokea KES 1,500.00 akiba ({jane}, msimbo {code}); "
        f"KES 200.00 ustawi ({more}, msimbo {other}). "
        "Akiba yako: KES 1,500.00. Kama si sahihi, iambie ofisi."
    )
    assert "received KES 500.00 savings" in his
    assert john in his
    assert "Your savings: KES 500.00." in his
    assert stage.jane.member_name.split()[0] not in his
    rows = await desk.messages()
    assert {(row.state, row.channel, row.cost) for row in rows} == {("SENT", "SMS", 80)}
    assert hers.encode() not in b"".join(row.sealed or b"" for row in rows)
    assert len(rows) == 2


async def test_a_message_that_cannot_be_written_holds_up_no_other(desk: Messaging) -> None:
    stage = desk.stage
    both = [contribute(one.id, "10.00") for one in (stage.jane, stage.john)]
    await stage.api.sync(stage.officer, *both)
    await work_off(desk.context, TOPICS[:1])
    hers, his = await desk.messages("RECEIPT")
    await desk.change(Message, hers.id, template="NOBODY_KNOWS_IT")
    await desk.work()
    rows = {row.id: row for row in await desk.messages()}
    assert rows[his.id].state == "SENT"
    assert (rows[hers.id].state, rows[hers.id].reason) == ("FAILED", "UNREADABLE")
    assert {row.dead_code for row in await desk.outbox()} == {None, "UNREADABLE"}


async def test_a_batch_of_any_size_makes_its_messages_in_the_same_few_statements(
    desk: Messaging,
) -> None:
    stage = desk.stage
    many = [contribute((stage.jane, stage.john)[n % 2].id, "10.00") for n in range(60)]
    await stage.api.sync(stage.officer, *many)
    await desk.work()
    rows = await desk.messages("RECEIPT")
    assert len(rows) == 2
    assert "KES 300.00." in desk.sms.texts(desk.phone(stage.jane))[0]


async def test_a_loan_is_told_from_its_approval_to_its_reminders(desk: Messaging) -> None:
    bank = await lending(desk.stage)
    await desk.work()
    desk.sms.taken.clear()
    loan_id = await bank.running("9000.00")
    await desk.work()
    phone = desk.phone(bank.jane)
    approved, paid_out = desk.sms.texts(phone)
    assert "mkopo wako wa KES 9,000.00 umeidhinishwa" in approved
    assert "Utalipa KES 9,900.00" in paid_out
    await bank.repay(loan_id, "300.00")
    await desk.work()
    said = desk.sms.texts(phone)[-1]
    assert "KES 300.00 malipo ya mkopo (TB-" in said
    assert "Deni la mkopo wako: KES 9,600.00." in said
    await desk.stage.books_hold()


async def test_instalments_are_reminded_of_on_five_days_each_once(
    desk: Messaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = await lending(desk.stage)
    loan_id = await bank.running("9000.00")
    due = date.fromisoformat((await bank.loan(loan_id))["nextDueDate"])
    await desk.change(BankingGroup, meeting_day="NEVER")
    reminded: list[tuple[int, str]] = []
    for days in (-4, -3, -2, 0, 0, 1, 2, 7, 8, 30, 31, 37):
        monkeypatch.setattr(clock, "today", lambda _zone, d=due + timedelta(days=days): d)
        before = {row.id for row in await desk.messages()}
        await write_reminders(desk.context)
        reminded += [
            (days, row.template)
            for row in await desk.messages()
            if row.id not in before and f":{1}:{due}:" in row.cause
        ]
    assert reminded == [
        (-3, "LOAN_DUE_SOON"),
        (0, "LOAN_DUE_TODAY"),
        (1, "LOAN_OVERDUE"),
        (7, "LOAN_OVERDUE"),
        (30, "LOAN_OVERDUE"),
    ]


async def test_the_group_is_reminded_of_tomorrows_meeting_once(desk: Messaging) -> None:
    stage = desk.stage
    tomorrow = clock.today(desk.runtime.settings.timezone) + timedelta(days=1)
    await desk.change(BankingGroup, meeting_day=f"{tomorrow:%A}".upper())
    await stage.api.ask(stage.admin, WISH, memberId=str(stage.john.id), wanted=False)
    assert await write_reminders(desk.context) == 1
    assert await write_reminders(desk.context) == 0
    (message,) = await desk.messages()
    assert (message.template, message.member_id) == ("MEETING", stage.jane.id)


async def paid(desk: Messaging, **answers: list[int | str]) -> Message:
    """Jane's message after she paid, and the providers answered so."""
    jane = desk.stage.jane
    desk.sms.answers[desk.phone(jane)] = answers.get("sms", [])
    desk.whatsapp.answers[desk.wa(jane)] = answers.get("whatsapp", [])
    await desk.stage.api.sync(desk.stage.officer, contribute(jane.id, "10.00"))
    await desk.work()
    return (await desk.messages())[-1]


async def test_one_provider_that_fails_falls_back_to_the_next(desk: Messaging) -> None:
    for answer in (402, 403, 405, 406, 407, 500, 502, "http 401", "http 503", "no recipients"):
        message = await paid(desk, sms=[answer])
        assert (message.state, message.channel) == ("SENT", "WHATSAPP"), answer
    assert not desk.sms.taken
    sent = desk.whatsapp.taken[-1]
    assert (sent.template, sent.language, sent.ours) == ("receipt", "sw", str(message.id))
    assert sent.parameters[0] == desk.stage.group.name
    assert message.provider_id == sent.id


async def test_what_nobody_took_is_tried_again_or_given_up(desk: Messaging) -> None:
    message = await paid(desk, sms=[500], whatsapp=[130429])
    assert (message.state, message.reason) == ("WAITING", "WHATSAPP_130429")
    assert message.cost == 0
    await desk.make_due()
    await desk.work()
    assert (await desk.messages())[-1].state == "SENT"
    message = await paid(desk, sms=[406], whatsapp=[131026])
    assert (message.state, message.reason) == ("FAILED", "WHATSAPP_131026")
    dead = [row for row in await desk.outbox() if row.dead_at]
    assert [(row.id, row.dead_code) for row in dead] == [(message.id, "WHATSAPP_131026")]


async def test_what_may_have_been_sent_is_not_sent_again_but_by_a_person(
    desk: Messaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TIMEOUT_SECONDS", 0.5)
    ids = []
    for answer in (TAKES_AND_FAILS, TAKES_AND_HANGS, "garbage", "http 502"):
        message = await paid(desk, sms=[answer])
        assert (message.state, message.reason) == ("UNCERTAIN", "MAY_HAVE_HAPPENED"), answer
        ids.append(str(message.id))
    asked = desk.sms.asked
    await desk.make_due()
    await desk.work()
    assert desk.sms.asked == asked
    assert not desk.whatsapp.taken
    stage = desk.stage
    assert (await stage.api.ask(stage.admin, RESEND, ids=ids))["resendMessages"] == 4
    await desk.work()
    assert {row.state for row in await desk.messages()} == {"SENT"}


async def test_reports_move_a_message_on_in_any_order_and_however_often(desk: Messaging) -> None:
    message = await paid(desk)
    (sms,) = desk.sms.taken

    async def state() -> str:
        return (await desk.messages())[0].state

    for told, wanted in (
        ("Buffered", "SENT"),
        ("Success", "DELIVERED"),
        ("Success", "DELIVERED"),
        ("Sent", "DELIVERED"),
        ("Failed", "DELIVERED"),
    ):
        assert await desk.report(sms, told) == 200
        assert await state() == wanted, told
    message = await paid(desk, sms=[406])
    (taken,) = desk.whatsapp.taken
    for told, wanted in (("read", "READ"), ("delivered", "READ"), ("sent", "READ")):
        assert await desk.webhook(status(taken, told)) == 200
        assert (await desk.messages())[-1].state == wanted, told
    assert message.id == (await desk.messages())[-1].id


async def test_a_forged_or_unknown_report_changes_nothing(
    desk: Messaging, caplog: pytest.LogCaptureFixture
) -> None:
    message = await paid(desk, sms=[406])
    (taken,) = desk.whatsapp.taken
    sms = type("Other", (), {"id": "ATXid_unknown", "phone": "+254700000000"})()
    assert await desk.report(sms, "Success") == 200
    assert await desk.report(sms, "Success", secret="guessed") == 404
    assert await desk.webhook(status(taken, "read"), **{"X-Hub-Signature-256": "sha256=00"}) == 403
    assert (await desk.http.post("/api/whatsapp/webhook", content=b"{}")).status_code == 403
    for odd in ({"statuses": [{}]}, {"statuses": 5}, {"messages": [{"type": "text"}]}):
        assert await desk.webhook(odd) == 200
    assert (await desk.messages())[0].state == message.state == "SENT"
    assert "a report of an unknown message" in caplog.messages
    assert "a callback was refused" in caplog.messages
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    ours = await desk.http.get(
        "/api/whatsapp/webhook", params={**asked, "hub.verify_token": VERIFY}
    )
    assert (ours.status_code, ours.text) == (200, "1158201444")
    other = await desk.http.get("/api/whatsapp/webhook", params={**asked, "hub.verify_token": "x"})
    assert other.status_code == 403


async def test_what_was_accepted_and_not_delivered_goes_by_the_next_channel(
    desk: Messaging,
) -> None:
    await paid(desk)
    (sms,) = desk.sms.taken
    for _ in range(2):
        await desk.report(sms, "Failed", failureReason="AbsentSubscriber")
    await desk.work()
    (message,) = await desk.messages()
    assert (message.state, message.channel) == ("SENT", "WHATSAPP")
    (taken,) = desk.whatsapp.taken
    await desk.webhook(status(taken, "failed"))
    (message,) = await desk.messages()
    assert (message.state, message.reason) == ("FAILED", "NOT_DELIVERED")
    assert [row.dead_code for row in await desk.outbox()] == ["NOT_DELIVERED"]


async def test_a_late_report_settles_what_was_in_doubt(desk: Messaging) -> None:
    message = await paid(desk, sms=[406], whatsapp=["http 500 taken"])
    assert message.state == "UNCERTAIN"
    (taken,) = desk.whatsapp.taken
    await desk.webhook(status(taken, "delivered"))
    (message,) = await desk.messages()
    assert (message.state, message.provider_id) == ("DELIVERED", taken.id)
    assert [row.dead_at for row in await desk.outbox()] == [None]


async def test_whoever_wants_none_gets_none_until_they_want_them_again(desk: Messaging) -> None:
    stage = desk.stage
    await desk.http.post(
        f"/api/sms/inbound/{desk.runtime.settings.messages.sms.callback_secret}",  # type: ignore[union-attr]
        data={"from": desk.phone(stage.jane), "text": " stop ", "to": "22384"},
    )
    await stage.api.sync(stage.officer, contribute(stage.jane.id), contribute(stage.john.id))
    await stage.api.ask(stage.admin, WISH, memberId=str(stage.john.id), wanted=True)
    await desk.work()
    assert [row.member_id for row in await desk.messages()] == [stage.john.id]
    await desk.webhook(word(desk.wa(stage.jane), "Start"))
    answer = await stage.api.ask(stage.officer, WISH, memberId=str(stage.jane.id))
    assert answer["setMemberMessages"] == {"language": "sw", "messagesWanted": True}
    wrong = await stage.api.ask(stage.officer, WISH, memberId=str(stage.jane.id), language="fr")
    assert (wrong.code, wrong.field) == ("BAD_INPUT", "language")
    # One that waits already when the word comes is not sent any more.
    await stage.api.sync(stage.officer, contribute(stage.jane.id))
    desk.set(cost_limit=0)
    await desk.work()
    await desk.change(Member, stage.jane.id, messages_off_at=clock.now())
    desk.set(cost_limit=100_00)
    await desk.make_due()
    await desk.work()
    (hers,) = [row for row in await desk.messages() if row.member_id == stage.jane.id]
    assert (hers.state, hers.reason) == ("CANCELLED", "OPTED_OUT")


async def test_at_night_and_above_the_days_limit_messages_wait_but_codes_do_not(
    desk: Messaging,
) -> None:
    stage = desk.stage
    zone = desk.runtime.settings.timezone
    here = clock.now().astimezone(zone)
    desk.set(quiet_from=here.hour, quiet_to=(here.hour + 2) % 24)
    await stage.api.sync(stage.officer, contribute(stage.jane.id))
    code = (await stage.api.ask(stage.admin, RESET, userId=str(stage.chair.user_id)))[
        "resetPassword"
    ]["code"]
    await desk.work()
    (receipt,) = await desk.messages("RECEIPT")
    assert (receipt.state, receipt.reason) == ("WAITING", "QUIET_HOURS")
    (sent,) = desk.sms.taken
    assert code in sent.text
    (kept,) = await desk.messages("CODE")
    assert (kept.state, kept.sealed) == ("SENT", None)
    (due,) = [row.available_at for row in await desk.outbox() if row.done_at is None]
    assert due.astimezone(zone).hour == (here.hour + 2) % 24
    desk.set(quiet_from=0, quiet_to=0, cost_limit=0)
    await desk.make_due()
    await desk.work()
    (receipt,) = await desk.messages("RECEIPT")
    assert (receipt.state, receipt.reason) == ("WAITING", "COST_LIMIT")
    desk.set(cost_limit=80)
    await stage.api.sync(stage.officer, contribute(stage.john.id))
    await desk.make_due()
    await desk.work()
    assert sorted(row.state for row in await desk.messages("RECEIPT")) == ["SENT", "WAITING"]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_the_quiet_hours_end_in_the_morning(runtime: Runtime) -> None:
    zone = runtime.settings.timezone

    def end(hour: int, minute: int = 0) -> str | None:
        found = _end_of_quiet(runtime, datetime(2026, 11, 27, hour, minute, tzinfo=zone))
        return f"{found:%d %H:%M}" if found else None

    assert [end(19, 59), end(20), end(23, 59), end(0), end(6, 59), end(7)] == [
        None,
        "28 07:00",
        "28 07:00",
        "27 07:00",
        "27 07:00",
        None,
    ]


async def test_without_a_provider_messages_are_shown_in_the_office(runtime: Runtime) -> None:
    stage = await set_stage(runtime)
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "1500.00"))
    desk = Messaging(stage, None, None, {"runtime": runtime}, None)  # type: ignore[arg-type]
    await desk.work()
    asked = {"memberId": str(stage.jane.id), "state": "SHOWN"}
    found = (await stage.api.ask(stage.admin, LIST, **asked))["messages"]
    node = found["edges"][0]["node"]
    assert (found["totalCount"], node["template"], node["state"]) == (1, "RECEIPT", "SHOWN")
    assert "KES 1,500.00 akiba" in node["text"]
    assert (await stage.api.ask(stage.admin, LIST, state="SENT"))["messages"]["totalCount"] == 0
    assert (await stage.api.ask(stage.admin, LIST, memberId=str(new_id()))).code == "NOT_FOUND"
    assert not await desk.outbox()


async def test_money_of_long_ago_and_what_was_taken_back_is_no_news(desk: Messaging) -> None:
    stage = desk.stage
    old = (clock.today(desk.runtime.settings.timezone) - timedelta(days=61)).isoformat()
    await stage.api.sync(stage.officer, contribute(stage.jane.id, contributionDate=old))
    await desk.work()
    assert not await desk.messages()
    await stage.api.sync(stage.officer, contribute(stage.jane.id))
    undo = "mutation U($input: ReverseEntryInput!) { reverseEntry(input: $input) { id } }"
    entry = str((await stage.entries())[-1].row.id)
    values = {"entryId": entry, "reason": "Entered twice"}
    assert not (await stage.api.ask(stage.admin, undo, input=values)).errors
    await desk.work()
    assert not await desk.messages()


def environment(**more: str) -> dict[str, str]:
    key = base64.b64encode(bytes(range(32))).decode()
    return {**SECRETS, "ENCRYPTION_KEY": key, "ENVIRONMENT": "development", **more}


def test_simulators_are_never_for_real_people() -> None:
    account = {
        "AFRICASTALKING_USERNAME": "chama",
        "AFRICASTALKING_API_KEY": "k",
        "AFRICASTALKING_CALLBACK_SECRET": "x" * 40,
    }
    sms = load_settings(environment(**account)).messages.sms
    assert sms is not None
    assert sms.url == "https://api.africastalking.com"
    for wrong in (
        {**account, "AFRICASTALKING_URL": "http://127.0.0.1:9"},
        {**account, "AFRICASTALKING_CALLBACK_SECRET": "short"},
        {"WHATSAPP_PHONE_NUMBER_ID": "1", "WHATSAPP_TOKEN": "t"},
        {"QUIET_HOURS": "25-3"},
        {"MESSAGE_CHANNELS": "SMS,PIGEON"},
    ):
        with pytest.raises(ConfigurationError):
            load_settings(environment(**wrong))
    sandbox = load_settings(environment(**{**account, "AFRICASTALKING_USERNAME": "sandbox"}))
    assert sandbox.messages.sms is not None
    assert "sandbox" in sandbox.messages.sms.url


async def test_each_member_is_told_their_share_of_the_dividends_once(desk: Messaging) -> None:
    stage = desk.stage
    await earned(stage)
    run = await posted(stage)
    assert run["status"] == "POSTED"
    await desk.work()
    await desk.work()
    (hers,) = [text for text in desk.sms.texts(desk.phone(stage.jane)) if "gawio" in text]
    assert f"gawio lako la mwaka {year(stage)} ni KES 52.50." in hers
    assert len(await desk.messages("DIVIDEND")) == 2


async def test_messages_are_erased_with_their_member(desk: Messaging) -> None:
    stage = desk.stage
    tomorrow = clock.today(desk.runtime.settings.timezone) + timedelta(days=1)
    await desk.change(BankingGroup, meeting_day=f"{tomorrow:%A}".upper())
    assert await write_reminders(desk.context) == 2
    await stage.api.sync(stage.officer, edit(stage.john.id, 1, isActive=False))
    assert not (await erase(stage, stage.john.id)).errors
    assert [row.member_id for row in await desk.messages()] == [stage.jane.id]
    assert [row.member_id for row in await desk.outbox()] == [stage.jane.id]
    await desk.work()
    assert [sms.phone for sms in desk.sms.taken] == [desk.phone(stage.jane)]
