"""The one schema: every noun's fields under Query, Mutation and Subscription."""

import strawberry

from app.graphql.execution import Schema, make_schema
from app.resolvers import sync
from app.resolvers.audit import AuditQuery
from app.resolvers.contributions import ContributionMutation, ContributionQuery
from app.resolvers.dead_letters import DeadLetterMutation, DeadLetterQuery
from app.resolvers.dividend_jobs import DividendJobMutation, DividendJobQuery
from app.resolvers.dividends import DividendMutation, DividendQuery
from app.resolvers.documents import DocumentMutation, DocumentQuery
from app.resolvers.fines import FineMutation, FineQuery
from app.resolvers.funds import FundsMutation, FundsQuery
from app.resolvers.groups import GroupMutation, GroupQuery
from app.resolvers.journal import JournalMutation, JournalQuery
from app.resolvers.kpis import KpiQuery
from app.resolvers.later import LaterMutation
from app.resolvers.ledger import LedgerQuery
from app.resolvers.loans import LoanMutation, LoanQuery
from app.resolvers.meetings import MeetingMutation, MeetingQuery
from app.resolvers.members import MemberMutation, MemberQuery
from app.resolvers.messages import MessageMutation, MessageQuery
from app.resolvers.officers import OfficerMutation, OfficerQuery
from app.resolvers.papers import PaperMutation, PaperQuery
from app.resolvers.privacy import PrivacyMutation, PrivacyQuery
from app.resolvers.push import PushMutation, PushQuery
from app.resolvers.receipts import ReceiptQuery
from app.resolvers.reconciliation import ReconciliationMutation, ReconciliationQuery
from app.resolvers.repayments import RepaymentMutation, RepaymentQuery
from app.resolvers.reviews import ReviewMutation, ReviewQuery
from app.resolvers.session import SessionMutation, SessionQuery
from app.resolvers.settings import SettingsMutation
from app.resolvers.signatures import SignatureMutation, SignatureQuery
from app.resolvers.statements import StatementQuery
from app.resolvers.subscriptions import Subscription
from app.resolvers.sync import SyncMutation, SyncQuery
from app.resolvers.user_sessions import UserSessionMutation, UserSessionQuery
from app.resolvers.users import UserMutation, UserQuery
from app.resolvers.welfare import WelfareMutation, WelfareQuery
from app.schema.execution import OneByOneContext
from app.schema.scalars import SCALARS
from app.schema.uploads import UPLOAD, Upload


@strawberry.type
class Query(
    SessionQuery,
    UserQuery,
    UserSessionQuery,
    GroupQuery,
    MemberQuery,
    DocumentQuery,
    LedgerQuery,
    JournalQuery,
    FundsQuery,
    ContributionQuery,
    FineQuery,
    StatementQuery,
    WelfareQuery,
    LoanQuery,
    RepaymentQuery,
    SignatureQuery,
    DividendQuery,
    DividendJobQuery,
    ReceiptQuery,
    PaperQuery,
    ReconciliationQuery,
    MeetingQuery,
    ReviewQuery,
    OfficerQuery,
    AuditQuery,
    DeadLetterQuery,
    PrivacyQuery,
    MessageQuery,
    KpiQuery,
    PushQuery,
    SyncQuery,
):
    pass


@strawberry.type
class Mutation(
    SessionMutation,
    UserMutation,
    UserSessionMutation,
    GroupMutation,
    SettingsMutation,
    MemberMutation,
    PrivacyMutation,
    DocumentMutation,
    ContributionMutation,
    JournalMutation,
    FundsMutation,
    FineMutation,
    WelfareMutation,
    LoanMutation,
    MeetingMutation,
    RepaymentMutation,
    SignatureMutation,
    DividendMutation,
    DividendJobMutation,
    PaperMutation,
    ReconciliationMutation,
    ReviewMutation,
    OfficerMutation,
    PushMutation,
    DeadLetterMutation,
    MessageMutation,
    SyncMutation,
    LaterMutation,
):
    pass


def build_schema(*, introspection: bool = True) -> Schema:
    """The executable schema, with syncBatch reading its operations one by one."""
    schema = make_schema(
        Query,
        Mutation,
        Subscription,
        scalars={**SCALARS, Upload: UPLOAD},
        introspection=introspection,
        execution_context_class=OneByOneContext,
    )
    sync.install(schema._schema)
    return schema
