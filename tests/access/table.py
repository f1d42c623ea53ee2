"""What a stranger to a group gets from each root field of the schema: one row a field.

A field that is added to the schema without a row here fails the tests.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from starlette.datastructures import UploadFile

from app import clock
from app.models.base import new_id
from tests.access import meetings, officers, people, push
from tests.access.row import (
    EVERYBODY,
    FORBIDDEN,
    NOT_FOUND,
    NOTHING_OF_IT,
    NULL,
    Row,
    nothing,
)
from tests.access.world import World, position
from tests.support.api import contribute, edit, register

A_PUBLIC_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEE9eqNmU6594psiLfWrEXReuHxNlN"
    "qCT3TCkQRa5Uxfh/b/dxTSJ5sifAPHh6A4X2zuI6VOvBSyQRX0b761XP8Q=="
)


def group(world: World) -> dict[str, Any]:
    return {"groupId": str(world.home.id)}


def by_id(world: World) -> dict[str, Any]:
    return {"id": str(world.home.id)}


def member_by_id(world: World) -> dict[str, Any]:
    return {"id": str(world.member.id)}


def entry_by_id(world: World) -> dict[str, Any]:
    return {"id": str(world.ids["entry"])}


def some_loan(world: World) -> dict[str, Any]:
    return {"loanId": str(world.ids["loan"])}


def some_run(world: World) -> dict[str, Any]:
    return {"dividendRunId": str(world.ids["run"])}


def a_period(world: World) -> dict[str, Any]:
    return {"groupIds": [str(world.home.id)], "from": "2026-01-01", "to": "2026-12-31"}


def loan_by_id(world: World) -> dict[str, Any]:
    return {"id": str(world.ids["loan"])}


def welfare_by_id(world: World) -> dict[str, Any]:
    return {"id": str(world.ids["welfare"])}


def some_request(world: World) -> dict[str, Any]:
    return {"requestId": str(world.ids["welfare"])}


def a_wish(world: World) -> dict[str, Any]:
    return money(world, reason="Her house burnt")


def a_payout(world: World) -> dict[str, Any]:
    return {**some_request(world), "paymentMethod": "CASH"}


def of_member(world: World) -> dict[str, Any]:
    return {"memberId": str(world.member.id)}


def some_fine(world: World) -> dict[str, Any]:
    return {"chargeId": str(world.ids["fine"]), "reason": "No"}


def a_fine(world: World) -> dict[str, Any]:
    return money(world, reason="OTHER", note="Noise")


def application(world: World) -> dict[str, Any]:
    return money(world, loanType="SHORT_TERM", durationMonths=3, purpose="Seeds", witnesses=[])


def a_month(world: World) -> dict[str, Any]:
    """The month that the home group's statement is of."""
    return {**group(world), "year": 2026, "month": 1}


def a_count(world: World) -> dict[str, Any]:
    return {**a_month(world), "account": "CASH", "closing": "1.00"}


def an_import(world: World) -> dict[str, Any]:
    text = "Date,Amount\n2/1/2026,1.00\n"
    return {"input": {**a_month(world), "account": "BANK", "csv": text, "closing": "1.00"}}


def a_line(world: World) -> dict[str, Any]:
    return {"lineId": str(world.ids["line"])}


QUERIES: dict[str, Row] = {
    "me": Row(nothing, NOTHING_OF_IT, NOTHING_OF_IT, shows=True),
    "groups": Row(nothing, NOTHING_OF_IT, NOTHING_OF_IT, shows=True),
    "group": Row(by_id, NULL, NULL, shows=True),
    "places": Row(nothing, EVERYBODY, EVERYBODY),
    "members": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "member": Row(member_by_id, NULL, NULL, shows=True),
    "documents": Row(
        lambda world: {"meetingId": str(world.ids["meeting"])}, NOT_FOUND, NOT_FOUND, shows=True
    ),
    "cashLedger": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "contributions": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "trfBalance": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "movements": Row(group, NOT_FOUND, NOT_FOUND),
    "welfareRequests": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "welfareRequest": Row(welfare_by_id, NULL, NULL, shows=True),
    "welfareEligibility": Row(a_wish, NOT_FOUND, NOT_FOUND),
    "fineCharges": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "memberStatement": Row(of_member, NOT_FOUND, NOT_FOUND, shows=True),
    "passbook": Row(of_member, NOT_FOUND, NOT_FOUND, shows=True),
    **meetings.QUERIES,
    **push.QUERIES,
    **officers.QUERIES,
    **people.QUERIES,
    "signingKeys": Row(group, NOT_FOUND, NOT_FOUND),
    "mySignatures": Row(nothing, NOTHING_OF_IT, NOTHING_OF_IT),
    "journal": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "journalEntry": Row(entry_by_id, NULL, NULL, shows=True),
    "reviewItems": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "reviewItem": Row(
        lambda world: {"id": str(world.ids["review"])},
        NULL,
        NULL,
        shows=True,
    ),
    "changes": Row(nothing, NOTHING_OF_IT, NOTHING_OF_IT, shows=True),
    "loans": Row(group, NOT_FOUND, NOT_FOUND, shows=True),
    "loan": Row(loan_by_id, NULL, NULL, shows=True),
    "loanQuote": Row(
        lambda world: {
            **group(world),
            "loanType": "SHORT_TERM",
            "amount": "1000",
            "interestRate": "10",
            "durationMonths": 3,
        },
        NOT_FOUND,
        NOT_FOUND,
    ),
    "loanEligibility": Row(application, NOT_FOUND, NOT_FOUND),
    "portfolioAtRisk": Row(lambda world: {"groupIds": [str(world.home.id)]}, NOT_FOUND, NOT_FOUND),
    "loanPipeline": Row(lambda world: {"groupIds": [str(world.home.id)]}, NOT_FOUND, NOT_FOUND),
    "kpis": Row(a_period, NOT_FOUND, NOT_FOUND, shows=True),
    "auditLog": Row(group, FORBIDDEN, FORBIDDEN),
    "settingsHistory": Row(group, NOT_FOUND, NOT_FOUND),
    "reconciliation": Row(a_month, NOT_FOUND, NOT_FOUND, shows=True),
    "reconciliations": Row(
        lambda world: {"year": 2026, "month": 1}, NOTHING_OF_IT, NOTHING_OF_IT, shows=True
    ),
    "dividendRun": Row(lambda world: {**group(world), "fiscalYear": 2026}, NOT_FOUND, NOT_FOUND),
    "dividendStatement": Row(
        lambda world: {"memberId": str(world.member.id), "fiscalYear": 2026},
        NOT_FOUND,
        NOT_FOUND,
    ),
    "dividendJob": Row(lambda world: {"id": str(new_id())}, FORBIDDEN, FORBIDDEN),
    "dividendJobs": Row(nothing, FORBIDDEN, FORBIDDEN),
    "paper": Row(lambda world: {"id": str(new_id())}, NULL, NULL),
}


def a_passbook(world: World) -> dict[str, Any]:
    return {"input": {"kind": "PASSBOOK", "subjectId": str(world.member.id), "year": 2026}}


def of_home(world: World) -> dict[str, Any]:
    return {"input": register(world.home.id, "31234567")["registerMember"]}


def an_edit(world: World) -> dict[str, Any]:
    return {"input": edit(world.member.id, 1, memberName="Taken over")["updateMember"]}


def a_payment(world: World) -> dict[str, Any]:
    return {"input": contribute(world.member.id)["recordContribution"]}


def a_position(world: World) -> dict[str, Any]:
    values = position(world.member.id)["trackOfficer"]
    return {"input": {name: value for name, value in values.items() if name != "offlineSyncId"}}


def money(world: World, **more: Any) -> dict[str, Any]:
    return {"input": {"memberId": str(world.member.id), "amount": "1", **more}}


def a_withdrawal(world: World) -> dict[str, Any]:
    return money(world, reason="Fees", paymentMethod="CASH")


def an_expense(world: World) -> dict[str, Any]:
    values = {"movement": "EXPENSE", "paymentMethod": "CASH", "description": "Pens"}
    return {"input": {**group(world), **values, "amount": "1"}}


def many_groups(world: World) -> dict[str, Any]:
    return {"input": {"groupIds": [str(world.home.id)], "fiscalYear": 2025}}


def a_picture(world: World) -> dict[str, Any]:
    file = UploadFile(io.BytesIO(b"x"), filename="x.jpg")
    return {"memberId": str(world.member.id), "kind": "PHOTO", "file": file}


WRITES: dict[str, Row] = {
    "registerMember": Row(of_home, NOT_FOUND, FORBIDDEN),
    "updateMember": Row(an_edit, NOT_FOUND, FORBIDDEN),
    "recordContribution": Row(a_payment, NOT_FOUND, FORBIDDEN),
    "trackOfficer": Row(a_position, NOT_FOUND, FORBIDDEN),
    "reportUnsentWork": Row(
        lambda world: {
            "input": {
                "deviceId": str(world.ids["phone"]),
                "waiting": 1,
                "oldestAt": clock.now().isoformat(),
            }
        },
        NOT_FOUND,
        FORBIDDEN,
    ),
    "decideReview": Row(
        lambda world: {"input": {"itemId": str(world.ids["review"]), "action": "ACCEPT"}},
        FORBIDDEN,
        FORBIDDEN,
    ),
    "reverseEntry": Row(
        lambda world: {"input": {"entryId": str(world.ids["entry"]), "reason": "No"}},
        FORBIDDEN,
        FORBIDDEN,
    ),
    "uploadDocument": Row(a_picture, NOT_FOUND, FORBIDDEN),
    "uploadMinutes": Row(
        lambda world: {
            "groupId": str(world.home.id),
            "meetingId": str(world.ids["meeting"]),
            "file": a_picture(world)["file"],
        },
        NOT_FOUND,
        FORBIDDEN,
    ),
    "verifyIdentity": Row(lambda world: {"memberId": str(world.member.id)}, NOT_FOUND, FORBIDDEN),
    "withdrawSavings": Row(a_withdrawal, NOT_FOUND, FORBIDDEN),
    "recordMovement": Row(an_expense, NOT_FOUND, FORBIDDEN),
    "requestWelfare": Row(a_wish, NOT_FOUND, FORBIDDEN),
    "approveWelfare": Row(some_request, NOT_FOUND, NOT_FOUND),
    "rejectWelfare": Row(
        lambda world: {**some_request(world), "reason": "No"}, NOT_FOUND, NOT_FOUND
    ),
    "payWelfare": Row(lambda world: {"input": a_payout(world)}, NOT_FOUND, FORBIDDEN),
    "recordOpeningBalances": Row(
        lambda world: {"input": {**group(world), "cash": "1"}}, FORBIDDEN, FORBIDDEN
    ),
    "chargeFine": Row(a_fine, NOT_FOUND, FORBIDDEN),
    "waiveFine": Row(some_fine, FORBIDDEN, FORBIDDEN),
    "applyForLoan": Row(application, NOT_FOUND, FORBIDDEN),
    "approveLoan": Row(some_loan, NOT_FOUND, NOT_FOUND),
    "rejectLoan": Row(lambda world: {**some_loan(world), "reason": "No"}, NOT_FOUND, NOT_FOUND),
    "disburseLoan": Row(
        lambda world: {**some_loan(world), "paymentMethod": "CASH"}, NOT_FOUND, FORBIDDEN
    ),
    "recordRepayment": Row(
        lambda world: {"input": {**some_loan(world), "amount": "1", "paymentMethod": "CASH"}},
        NOT_FOUND,
        FORBIDDEN,
    ),
    "writeOffLoan": Row(lambda world: {**some_loan(world), "reason": "No"}, FORBIDDEN, FORBIDDEN),
    "chargeLateFines": Row(group, FORBIDDEN, FORBIDDEN),
    "enrolSigningKey": Row(
        lambda world: {
            "input": {
                "officerId": str(world.people["insider"].user_id),
                "publicKey": A_PUBLIC_KEY,
            }
        },
        FORBIDDEN,
        NOT_FOUND,
    ),
    "revokeSigningKey": Row(lambda world: {"id": str(new_id())}, NOT_FOUND, NOT_FOUND),
    "disputeSignature": Row(
        lambda world: {"id": str(new_id()), "note": "No"}, NOT_FOUND, NOT_FOUND
    ),
    "calculateDividends": Row(
        lambda world: {**group(world), "fiscalYear": 2025}, FORBIDDEN, FORBIDDEN
    ),
    "approveDividends": Row(some_run, FORBIDDEN, FORBIDDEN),
    "postDividends": Row(some_run, FORBIDDEN, FORBIDDEN),
    "payDividends": Row(
        lambda world: {"input": {**some_run(world), "payout": "CASH"}}, NOT_FOUND, FORBIDDEN
    ),
    "reverseDividends": Row(
        lambda world: {**some_run(world), "reason": "No"}, FORBIDDEN, FORBIDDEN
    ),
    "calculateDividendsFor": Row(many_groups, FORBIDDEN, FORBIDDEN),
    "approveDividendsFor": Row(many_groups, FORBIDDEN, FORBIDDEN),
    "postDividendsFor": Row(many_groups, FORBIDDEN, FORBIDDEN),
    "retryDividendJob": Row(lambda world: {"id": str(new_id())}, FORBIDDEN, FORBIDDEN),
    "requestPaper": Row(a_passbook, NOT_FOUND, NOT_FOUND),
    "enterStatement": Row(a_count, NOT_FOUND, FORBIDDEN),
    "importStatement": Row(an_import, FORBIDDEN, FORBIDDEN),
    "matchStatements": Row(a_month, FORBIDDEN, FORBIDDEN),
    "matchStatementLine": Row(
        lambda world: {**a_line(world), "entryIds": [str(world.ids["entry"])]},
        FORBIDDEN,
        FORBIDDEN,
    ),
    "unmatchStatementLine": Row(a_line, FORBIDDEN, FORBIDDEN),
    "bookStatementLine": Row(
        lambda world: {"input": {**a_line(world), "bookAs": "UNPLACED"}}, FORBIDDEN, FORBIDDEN
    ),
    "signReconciliation": Row(a_month, FORBIDDEN, FORBIDDEN),
    "reopenReconciliation": Row(
        lambda world: {**a_month(world), "reason": "No"}, FORBIDDEN, FORBIDDEN
    ),
    **meetings.WRITES,
    **push.WRITES,
    **people.WRITES,
    "requestMpesaPayment": Row(money),
}

SIGNATURES = frozenset(
    {
        "approveLoan",
        "rejectLoan",
        "approveWelfare",
        "rejectWelfare",
        "enrolSigningKey",
        "confirmMeeting",
        "requestPaper",
    }
)
"""What a group's own chair and committee do in it."""

OPEN_QUERIES: dict[str, Row] = {
    "paperCheck": Row(
        lambda world: {"number": "TBP-0000-0000-0000", "code": "0000-0000"}, open=True
    ),
    "receipt": Row(lambda world: {"number": "TB-0000-0000-0000", "code": "0000"}, open=True),
}
"""For anyone, who must know what they ask for."""

SESSIONS: dict[str, Row] = {
    "login": Row(lambda world: {"input": {"phone": "0799 000 333", "password": "x"}}, open=True),
    "refreshToken": Row(lambda world: {"refreshToken": "none"}, open=True),
    "logout": Row(lambda world: {"refreshToken": "none"}, open=True),
    **people.SESSIONS,
}

BATCH = "syncBatch"
"""Answers each operation for itself: see BATCHED."""

BATCHED: dict[str, tuple[Callable[[World], dict[str, Any]], str, str]] = {
    "registerMember": (
        lambda world: register(world.home.id, "31234567"),
        "UNKNOWN_GROUP",
        FORBIDDEN,
    ),
    "updateMember": (
        lambda world: edit(world.member.id, 1, memberName="Taken over"),
        "UNKNOWN_MEMBER",
        FORBIDDEN,
    ),
    "recordContribution": (
        lambda world: contribute(world.member.id),
        "UNKNOWN_MEMBER",
        FORBIDDEN,
    ),
    "trackOfficer": (lambda world: position(world.member.id), "UNKNOWN_MEMBER", FORBIDDEN),
    "withdrawSavings": (
        lambda world: synced("withdrawSavings", a_withdrawal(world)["input"]),
        "UNKNOWN_MEMBER",
        FORBIDDEN,
    ),
    "recordMovement": (
        lambda world: synced("recordMovement", an_expense(world)["input"]),
        "UNKNOWN_GROUP",
        FORBIDDEN,
    ),
    "verifyIdentity": (
        lambda world: synced("verifyIdentity", {"memberId": str(world.member.id)}),
        "UNKNOWN_MEMBER",
        FORBIDDEN,
    ),
    "requestWelfare": (
        lambda world: synced("requestWelfare", a_wish(world)["input"]),
        "UNKNOWN_MEMBER",
        FORBIDDEN,
    ),
    "approveWelfare": (
        lambda world: synced("approveWelfare", some_request(world)),
        "UNKNOWN_REQUEST",
        "UNKNOWN_REQUEST",
    ),
    "rejectWelfare": (
        lambda world: synced("rejectWelfare", {**some_request(world), "reason": "No"}),
        "UNKNOWN_REQUEST",
        "UNKNOWN_REQUEST",
    ),
    "payWelfare": (
        lambda world: synced("payWelfare", a_payout(world)),
        "UNKNOWN_REQUEST",
        FORBIDDEN,
    ),
    "payDividends": (
        lambda world: synced(
            "payDividends",
            {**some_run(world), "payout": "CASH", "memberIds": [str(world.member.id)]},
        ),
        "UNKNOWN_RUN",
        FORBIDDEN,
    ),
    "chargeFine": (
        lambda world: synced("chargeFine", a_fine(world)["input"]),
        "UNKNOWN_MEMBER",
        FORBIDDEN,
    ),
    "waiveFine": (
        lambda world: synced("waiveFine", some_fine(world)),
        FORBIDDEN,
        FORBIDDEN,
    ),
    "applyForLoan": (
        lambda world: synced("applyForLoan", application(world)["input"]),
        "UNKNOWN_MEMBER",
        FORBIDDEN,
    ),
    "approveLoan": (
        lambda world: synced("approveLoan", some_loan(world)),
        "UNKNOWN_LOAN",
        "UNKNOWN_LOAN",
    ),
    "rejectLoan": (
        lambda world: synced("rejectLoan", {**some_loan(world), "reason": "No"}),
        "UNKNOWN_LOAN",
        "UNKNOWN_LOAN",
    ),
    "disburseLoan": (
        lambda world: synced("disburseLoan", {**some_loan(world), "paymentMethod": "CASH"}),
        "UNKNOWN_LOAN",
        FORBIDDEN,
    ),
    "recordRepayment": (
        lambda world: synced(
            "recordRepayment", {**some_loan(world), "amount": "1", "paymentMethod": "CASH"}
        ),
        "UNKNOWN_LOAN",
        FORBIDDEN,
    ),
    **meetings.BATCHED,
}


def synced(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """An operation of a batch."""
    return {kind: {**values, "offlineSyncId": str(new_id())}}


SUBSCRIPTIONS: dict[str, Row] = {
    "officerLocations": Row(lambda world: {"groupIds": [str(world.home.id)]}, NOT_FOUND, NOT_FOUND),
    "ledgerUpdates": Row(group, NOT_FOUND, NOT_FOUND),
    "notices": Row(nothing, EVERYBODY, EVERYBODY),
}
