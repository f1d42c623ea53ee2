"""Enumerations of the contract. Those that tables know come from the models."""

import enum

import strawberry

from app.models import (
    ActivityType,
    AttendanceStatus,
    ChargeStatus,
    CodePurpose,
    CollectionKind,
    ContributionType,
    DividendStatus,
    DocumentKind,
    FineReason,
    GroupStatus,
    IdentityMethod,
    LoanStatus,
    LoanType,
    MeetingStatus,
    MovementKind,
    Office,
    PaymentMethod,
    ReviewAction,
    ReviewKind,
    ReviewStatus,
    Role,
    StatementSource,
    UserStatus,
    WelfareStatus,
)
from app.services.sorting import GroupSort, LoanSort, MemberSort, UserSort

__all__ = [
    "ActivityType",
    "AttendanceStatus",
    "CashCategory",
    "ChargeStatus",
    "CodePurpose",
    "CollectionKind",
    "ContributionType",
    "DividendStatus",
    "DocumentKind",
    "FineReason",
    "GroupSort",
    "GroupStatus",
    "IdentityMethod",
    "LoanSort",
    "LoanStatus",
    "LoanType",
    "MeetingStatus",
    "MemberSort",
    "MoneyAccount",
    "MovementKind",
    "NoticeKind",
    "Office",
    "PaymentMethod",
    "ReviewAction",
    "ReviewKind",
    "ReviewStatus",
    "Role",
    "StatementSource",
    "SyncOutcome",
    "UserSort",
    "UserStatus",
    "WelfareStatus",
]

for kind in (
    ActivityType,
    AttendanceStatus,
    ChargeStatus,
    CodePurpose,
    CollectionKind,
    ContributionType,
    DividendStatus,
    DocumentKind,
    FineReason,
    GroupStatus,
    IdentityMethod,
    LoanStatus,
    LoanType,
    MeetingStatus,
    MovementKind,
    Office,
    PaymentMethod,
    ReviewAction,
    ReviewKind,
    ReviewStatus,
    Role,
    StatementSource,
    UserStatus,
    WelfareStatus,
):
    strawberry.enum(kind)

for sort in (GroupSort, LoanSort, MemberSort, UserSort):
    strawberry.enum(sort, description=" ".join((sort.__doc__ or "").split()))


@strawberry.enum
class CashCategory(enum.StrEnum):
    CASH_IN = "CASH_IN"
    CASH_OUT = "CASH_OUT"


@strawberry.enum
class MoneyAccount(enum.StrEnum):
    CASH = "CASH"
    BANK = "BANK"
    MPESA = "MPESA"


@strawberry.enum
class SyncOutcome(enum.Enum):
    APPLIED = strawberry.enum_value("APPLIED", description="Applied now.")
    DUPLICATE = strawberry.enum_value(
        "DUPLICATE",
        description="This offlineSyncId was APPLIED before; the first result is returned again "
        "and nothing changed.",
    )
    CONFLICT = strawberry.enum_value(
        "CONFLICT",
        description="An edit of a record that has moved on since baseVersion; `current` carries "
        "the server's copy; nothing changed.",
    )
    HELD = strawberry.enum_value(
        "HELD",
        description="Money that was really taken or handed out but breaks a rule now: it is in "
        "the books, in SUSPENSE, and waits for a person. Cash is never refused. A repeat "
        "answers HELD until it is decided.",
    )
    REJECTED = strawberry.enum_value(
        "REJECTED",
        description="Not applied; nothing changed; `error` says why. It may be sent again, "
        "also edited.",
    )


@strawberry.enum
class NoticeKind(enum.Enum):
    FETCH_AGAIN = strawberry.enum_value(
        "FETCH_AGAIN", description="This server missed events; load what you show anew."
    )
    ACCESS_CHANGED = strawberry.enum_value(
        "ACCESS_CHANGED", description="The groups you may see have changed."
    )
