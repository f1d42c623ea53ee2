"""What each kind of paper asks of the API, as the person who wants it.

A paper shows what the queries answer, to the cent and within the same reach: nothing is computed
or decided here.
"""

from __future__ import annotations

from app.models import PaperKind

MOST_LINES = 300
"""Of a ledger on one paper; the paper says how many more there are."""
PAGE = 100

_GROUP = "group { id name groupCode county ward bookHead { sequence hash } }"
_MEMBER = f"member {{ memberName {_GROUP} }}"
_LOAN = f"""
query PaperLoan($id: UUID!) {{ loan(id: $id) {{
  {_GROUP} loanType loanAmount durationMonths interestRate purpose status applicationDate
  approvedDate disbursedOn completedOn fee totalInterest totalRepayable annualPercentageRate
  outstandingPrincipal outstandingInterest outstandingFines arrears daysOverdue payoff
  nextDueDate nextDueAmount terms {{ lateFine graceDays }}
  member {{ memberName idNumber phone }} witnesses {{ memberName }}
  approvals {{ role decidedAt approvedBy {{ name }} }}
  repaymentSchedule {{ number dueDate principal interest total remainingBalance paid }}
  repayments {{ paymentDate amount principal interest fines savings receiptNumber isReversed }}
}} }}"""
_PASSBOOK = f"""
query PaperPassbook($id: UUID!, $year: Int!) {{ passbook(memberId: $id, year: $year) {{
  year openingBalance {_MEMBER} months {{ month savings withdrawn welfare project fines
    welfarePayouts loanPrincipal repayments balance loanBalance }} }} }}"""
_DIVIDEND = f"""
query PaperDividend($id: UUID!, $year: Int!) {{
  dividendStatement(memberId: $id, fiscalYear: $year) {{
    run {{ fiscalYear status totalProfit appreciationFees profitShare distributable totalSavings
      savingsOn inputs {{ account amount }} }}
    allocation {{ amount payout paidOn memberSavings sharePercentage {_MEMBER} }} }} }}"""
_GROUP_STATEMENT = """
query PaperGroup($id: UUID!, $from: Date!, $to: Date!) {
  group(id: $id) { id name groupCode county ward bookHead { sequence hash } }
  cashLedger(groupId: $id, from: $from, to: $to, first: 1) {
    openingBalance cashIn cashOut closingBalance totalCount }
  trfBalance(groupId: $id, asOf: $to) { asOf cashInHand bank mpesa shortTermLoans longTermLoans
    projectLoans total memberSavings welfareFund projectFund externalLoans dividendsPayable
    suspense surplus } }"""
_MINUTES = f"""
query PaperMinutes($id: UUID!) {{ meeting(id: $id) {{
  {_GROUP} meetingDate venue status openingCash broughtFromBank banked counted expected variance
  varianceNote resolutions closedAt confirmedAt quorum minutesHash
  openedBy {{ name }} closedBy {{ name }} confirmedBy {{ name }}
  attendance {{ status member {{ memberName }} }} denominations {{ value pieces }}
  minutes {{ present late excused absent notRecorded quorumReached brought cashIn cashOut elsewhere
    repaid lent finesCharged }}
  totals {{ subcategory account category amount lines }} }} }}"""
_RECONCILIATION = f"""
query PaperMonth($id: UUID!, $year: Int!, $month: Int!) {{
  reconciliation(groupId: $id, year: $year, month: $month) {{
    {_GROUP} year month status held openMeetings faults {{ code account amount count }}
    accounts {{ account opening moneyIn moneyOut closing difference statement {{ closing }}
      unmatchedLines unmatchedPostings }}
    trialBalance {{ account opening debits credits closing }}
    signed {{ note signedAt signedBy {{ name }} }} }} }}"""
_RECEIPT = f"""
query PaperReceipt($id: UUID!) {{ journalEntry(id: $id) {{
  {_GROUP} reference bookingDate recordedAt recordedBy {{ name }}
  lines {{ account amount subcategory member {{ memberName }} }} }} }}"""

DOCUMENTS = {
    PaperKind.LOAN_STATEMENT: _LOAN,
    PaperKind.LOAN_AGREEMENT: _LOAN,
    PaperKind.PASSBOOK: _PASSBOOK,
    PaperKind.DIVIDEND_STATEMENT: _DIVIDEND,
    PaperKind.GROUP_STATEMENT: _GROUP_STATEMENT,
    PaperKind.MINUTES: _MINUTES,
    PaperKind.RECONCILIATION: _RECONCILIATION,
    PaperKind.RECEIPT: _RECEIPT,
}

MEMBER_LINES = """
query PaperMemberLines($id: UUID!, $from: Date!, $to: Date!, $first: Int!, $after: String) {
  lines: memberStatement(memberId: $id, from: $from, to: $to, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { date subcategory fund isReversal amountIn amountOut receiptNumber savings } } } }
"""
GROUP_LINES = """
query PaperGroupLines($id: UUID!, $from: Date!, $to: Date!, $first: Int!, $after: String) {
  lines: cashLedger(groupId: $id, from: $from, to: $to, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { transactionDate account subcategory category amount description balanceAfter
      referenceDoc } } } }
"""
