"""Tables by noun. Importing this package registers all of them in `metadata`."""

from app.models.base import metadata
from app.models.books import (
    MONEY_ACCOUNTS,
    Account,
    AccountBalance,
    Contribution,
    ContributionType,
    JournalEntry,
    PaymentMethod,
    PaymentReference,
    Posting,
)
from app.models.dividend_jobs import (
    DividendAction,
    DividendJob,
    DividendJobGroup,
    JobGroupStatus,
    JobStatus,
)
from app.models.dividends import DividendAllocation, DividendRun, DividendStatus
from app.models.fines import ChargePayment, ChargeStatus, FineCharge, FineReason
from app.models.funds import Movement, MovementKind, WelfareRequest, WelfareStatus
from app.models.groups import GENESIS, BankingGroup, GroupStatus
from app.models.loans import (
    OPEN_LOAN,
    Approval,
    Instalment,
    Loan,
    LoanStatus,
    LoanType,
    Repayment,
)
from app.models.meetings import (
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingEntry,
    MeetingStatus,
    Signature,
    SigningKey,
)
from app.models.members import (
    Document,
    DocumentKind,
    IdentityCheck,
    Member,
    SearchToken,
    Upload,
)
from app.models.operations import AuditLog, OutboxMessage, SyncOperation, SyncRefusal
from app.models.people import Device, FieldOfficer, OfficerAssignment, RefreshToken, Role, User
from app.models.reconciliation import Reconciliation, Statement, StatementLine, StatementSource
from app.models.reviews import ReviewAction, ReviewItem, ReviewKind, ReviewStatus
from app.models.tracking import ActivityType, OfficerLocation, OfficerPing

__all__ = [
    "GENESIS",
    "MONEY_ACCOUNTS",
    "OPEN_LOAN",
    "Account",
    "AccountBalance",
    "ActivityType",
    "Approval",
    "Attendance",
    "AttendanceStatus",
    "AuditLog",
    "BankingGroup",
    "ChargePayment",
    "ChargeStatus",
    "Contribution",
    "ContributionType",
    "Device",
    "DividendAction",
    "DividendAllocation",
    "DividendJob",
    "DividendJobGroup",
    "DividendRun",
    "DividendStatus",
    "Document",
    "DocumentKind",
    "FieldOfficer",
    "FineCharge",
    "FineReason",
    "GroupStatus",
    "IdentityCheck",
    "Instalment",
    "JobGroupStatus",
    "JobStatus",
    "JournalEntry",
    "Loan",
    "LoanStatus",
    "LoanType",
    "Meeting",
    "MeetingEntry",
    "MeetingStatus",
    "Member",
    "Movement",
    "MovementKind",
    "OfficerAssignment",
    "OfficerLocation",
    "OfficerPing",
    "OutboxMessage",
    "PaymentMethod",
    "PaymentReference",
    "Posting",
    "Reconciliation",
    "RefreshToken",
    "Repayment",
    "ReviewAction",
    "ReviewItem",
    "ReviewKind",
    "ReviewStatus",
    "Role",
    "SearchToken",
    "Signature",
    "SigningKey",
    "Statement",
    "StatementLine",
    "StatementSource",
    "SyncOperation",
    "SyncRefusal",
    "Upload",
    "User",
    "WelfareRequest",
    "WelfareStatus",
    "metadata",
]
