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
    ReviewItem,
)
from app.models.groups import GENESIS, BankingGroup, GroupStatus
from app.models.members import Document, DocumentKind, Member, SearchToken
from app.models.operations import AuditLog, OutboxMessage, SyncOperation
from app.models.people import Device, FieldOfficer, OfficerAssignment, RefreshToken, Role, User
from app.models.tracking import ActivityType, OfficerLocation, OfficerPing

__all__ = [
    "GENESIS",
    "MONEY_ACCOUNTS",
    "Account",
    "AccountBalance",
    "ActivityType",
    "AuditLog",
    "BankingGroup",
    "Contribution",
    "ContributionType",
    "Device",
    "Document",
    "DocumentKind",
    "FieldOfficer",
    "GroupStatus",
    "JournalEntry",
    "Member",
    "OfficerAssignment",
    "OfficerLocation",
    "OfficerPing",
    "OutboxMessage",
    "PaymentMethod",
    "PaymentReference",
    "Posting",
    "RefreshToken",
    "ReviewItem",
    "Role",
    "SearchToken",
    "SyncOperation",
    "User",
    "metadata",
]
