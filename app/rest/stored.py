"""The REST endpoints: each a stored GraphQL operation behind a path of the specification.

Nothing is decided here. A name such as `member_name` stands for the operation's `memberName`;
what is called otherwise in the specification is renamed by the endpoint. Answers are
spelled the same way; in them an object of which only the `id` is asked for becomes that id,
and a connection becomes a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stored:
    """One endpoint, or one of several at the same method and path, told apart by `when`."""

    method: str
    path: str
    summary: str
    document: str
    answer: str
    """Where the answer stands in the operation's data, as "group.members"."""

    status: int = 200
    renamed: Mapping[str, str] = field(default_factory=dict)
    """REST's name to GraphQL's, where it is not the same in another spelling."""

    when: tuple[str, str] | None = None
    """A field of the body and its value: only then this operation is meant."""

    ignored: frozenset[str] = frozenset()
    """Fields that are taken and say nothing new here."""

    caller: str | None = None
    """A field that may only name the person who is asking."""

    signed_in: bool = True
    extra: Mapping[str, object] = field(default_factory=dict)
    """What stands in the answer besides."""


_SESSION = """
  accessToken
  refreshToken
  expiresIn
  user { id name role assignedGroups { id } }
"""
_MEMBER = """
  id
  group { id }
  memberName
  idNumber
  phone
  dateOfBirth
  registrationDate
  isActive
  idVerified
  photoUrl
  idDocumentUrl
  nextOfKin { name relationship phone idNumber }
"""
_LOAN = """
  id
  member { id }
  loanType
  loanAmount
  durationMonths
  interestRate
  purpose
  status
  applicationDate
  approvedDate
  approvals { role approvedBy { id } decidedAt notes }
  approvalsMissing
  idVerified
  witnesses { id }
  totalRepayable
  annualPercentageRate
  repaymentSchedule {
    month: number dueDate principal interest totalPayment: total remainingBalance
  }
"""

ENDPOINTS: tuple[Stored, ...] = (
    Stored(
        "POST",
        "/api/auth/login",
        "Signs in with phone and password.",
        f"mutation RestLogin($input: LoginInput!) {{ login(input: $input) {{ {_SESSION} }} }}",
        "login",
        signed_in=False,
        extra={"success": True},
    ),
    Stored(
        "POST",
        "/api/auth/refresh",
        "The next pair of tokens; a refresh token works once.",
        "mutation RestRefresh($refreshToken: String!) "
        f"{{ refreshToken(refreshToken: $refreshToken) {{ {_SESSION} }} }}",
        "refreshToken",
        signed_in=False,
        extra={"success": True},
    ),
    Stored(
        "POST",
        "/api/members",
        "Registers a member, with the pictures as data URIs.",
        "mutation RestRegisterMember($input: RegisterMemberInput!) "
        f"{{ registerMember(input: $input) {{ {_MEMBER} }} }}",
        "registerMember",
        status=201,
    ),
    Stored(
        "GET",
        "/api/groups/{group_id}/members",
        "The members of a group by name, a page at a time.",
        "query RestMembers($groupId: UUID!, $first: Int, $after: String, $search: String) {"
        " group(id: $groupId) { members(first: $first, after: $after, search: $search) {"
        f" totalCount pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {_MEMBER} }} }}"
        " } } }",
        "group.members",
    ),
    Stored(
        "GET",
        "/api/members/{member_id}/savings-summary",
        "What a member has saved, and what that allows to borrow.",
        "query RestSavingsSummary($memberId: UUID!) { member(id: $memberId) { savingsSummary {"
        " regular welfare project fines total consecutiveMonths"
        " maxLoan } } }",
        "member.savingsSummary",
    ),
    Stored(
        "POST",
        "/api/loans",
        "Applies for a loan. Every rule that is not met comes back at once, in `failures`.",
        "mutation RestApplyForLoan($input: ApplyForLoanInput!) "
        f"{{ applyForLoan(input: $input) {{ {_LOAN} }} }}",
        "applyForLoan",
        status=201,
    ),
    Stored(
        "POST",
        "/api/loans/{loan_id}/approve",
        "The caller's approval of a loan.",
        "mutation RestApproveLoan($loanId: UUID!, $approvalNotes: String) "
        f"{{ approveLoan(loanId: $loanId, approvalNotes: $approvalNotes) {{ {_LOAN} }} }}",
        "approveLoan",
        caller="approved_by",
    ),
    Stored(
        "POST",
        "/api/loans/{loan_id}/repayment",
        "Posts a repayment: fines, interest, principal; what is over goes to the savings.",
        "mutation RestRecordRepayment($input: RecordRepaymentInput!) {"
        " recordRepayment(input: $input) { id loan { id } amount principal interest fines"
        " savings paymentDate paymentMethod"
        " transactionId receiptNumber } }",
        "recordRepayment",
        status=201,
    ),
    Stored(
        "POST",
        "/api/transactions",
        "Posts money that a member paid in.",
        "mutation RestDeposit($input: RecordContributionInput!) {"
        " recordContribution(input: $input) { id member { id } amount"
        " contributionType contributionDate"
        " paymentMethod recordedBy { id }"
        " offlineSyncId receiptNumber } }",
        "recordContribution",
        status=201,
        when=("transaction_type", "DEPOSIT"),
    ),
    Stored(
        "POST",
        "/api/transactions",
        "Pays savings out to a member, for a reason.",
        "mutation RestWithdrawal($input: WithdrawSavingsInput!) {"
        " withdrawSavings(input: $input) { id amount account subcategory"
        " transactionDate description balanceAfter } }",
        "withdrawSavings",
        status=201,
        when=("transaction_type", "WITHDRAWAL"),
        ignored=frozenset({"contribution_type"}),
    ),
    Stored(
        "GET",
        "/api/groups/{group_id}/cash-ledger",
        "Cash in and out over a period, in the order of recording.",
        "query RestCashLedger($groupId: UUID!, $from: Date, $to: Date, $account: MoneyAccount,"
        " $first: Int, $after: String, $newestFirst: Boolean) {"
        " cashLedger(groupId: $groupId, from: $from, to: $to, account: $account, first: $first,"
        " after: $after, newestFirst: $newestFirst) {"
        " openingBalance cashIn cashOut"
        " closingBalance totalCount pageInfo { hasNextPage endCursor }"
        " edges { node { id transactionDate account category subcategory amount"
        " description referenceDoc balanceAfter } } } }",
        "cashLedger",
    ),
    Stored(
        "GET",
        "/api/groups/{group_id}/trf-balance",
        "What the group owns and whose it is; both sides are equal.",
        "query RestTrf($groupId: UUID!, $asOf: Date) { trfBalance(groupId: $groupId, asOf: $asOf) {"
        " asOf cashInHand bank mpesa shortTermLoans"
        " longTermLoans projectLoans total"
        " memberSavings welfareFund projectFund"
        " externalLoans dividendsPayable suspense surplus } }",
        "trfBalance",
    ),
    Stored(
        "POST",
        "/api/officers/{officer_id}/track",
        "Where the officer is; only for the officer who is asking.",
        "mutation RestTrack($input: TrackOfficerInput!) { trackOfficer(input: $input) {"
        " latitude longitude accuracy activityType batteryLevel"
        " recordedAt } }",
        "trackOfficer",
        status=201,
        caller="officer_id",
    ),
    Stored(
        "GET",
        "/api/officers/active-locations",
        "Where the officers on duty are.",
        "query RestActiveLocations { activeOfficerLocations {"
        " officer { id user { name } } latitude longitude accuracy activityType"
        " batteryLevel recordedAt member { id } } }",
        "activeOfficerLocations",
    ),
    Stored(
        "GET",
        "/api/receipts/{number}",
        "What the books say of a receipt, for whoever has its number and its code.",
        "query RestReceipt($number: String!, $code: String!) {"
        " receipt(number: $number, code: $code) {"
        " number state direction amount movedOn groupName reversedOn } }",
        "receipt",
        signed_in=False,
    ),
)
