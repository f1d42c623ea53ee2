/**
 * The places of the office, in the order of the navigation: adding one is one line here (and its
 * words, see docs/office.md). What a role may not use is not shown; the server decides anyway.
 */
import {
  IconCalendarEvent,
  IconCashBanknote,
  IconHistory,
  IconInbox,
  IconLayoutDashboard,
  IconListCheck,
  IconMap2,
  IconMessage,
  IconPigMoney,
  IconReport,
  IconUserCog,
  IconUsers,
  IconUsersGroup,
  IconWallet,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Role } from "../gen/graphql";
import type { MessageKey } from "../i18n";
import { later } from "../lib/later";

export type Place = {
  /** Where the navigation leads; the entry is marked while the address begins with it. */
  path: string;
  label: MessageKey;
  icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>;
  /** Who sees it; everybody where it is left out. */
  roles?: readonly Role[];
  /** Address → page. Pages are default exports, fetched with `later`. */
  pages: Readonly<Record<string, ComponentType>>;
  /** Which number of what waits stands beside it (use-waiting.ts). */
  waits?: "reviews" | "loans" | "undelivered";
};

const DashboardPage = later(() => import("../features/dashboard/DashboardPage"));
const GroupsPage = later(() => import("../features/groups/GroupsPage"));
const GroupPage = later(() => import("../features/group/GroupPage"));
const MembersPage = later(() => import("../features/members/MembersPage"));
const MemberPage = later(() => import("../features/members/MemberPage"));
const MeetingsPage = later(() => import("../features/meetings/MeetingsPage"));
const LoansPage = later(() => import("../features/loans/LoansPage"));
const LoanPage = later(() => import("../features/loans/LoanPage"));
const ReviewPage = later(() => import("../features/review/ReviewPage"));
const MonthsPage = later(() => import("../features/reconciliation/OverviewPage"));
const MonthPage = later(() => import("../features/reconciliation/MonthPage"));
const FundsPage = later(() => import("../features/funds/FundsPage"));
const DividendsPage = later(() => import("../features/dividends/DividendsPage"));
const MapPage = later(() => import("../features/map/MapPage"));
const ReportsPage = later(() => import("../features/reports/ReportsPage"));
const MessagesPage = later(() => import("../features/messages/MessagesPage"));
const AuditPage = later(() => import("../features/audit/AuditPage"));
const PeoplePage = later(() => import("../features/people/PeoplePage"));

const ADMINS: readonly Role[] = ["SYSTEM_ADMIN"];

// biome-ignore format: one line a place
export const PLACES: readonly Place[] = [
  { path: "/dashboard", label: "nav.dashboard", icon: IconLayoutDashboard, pages: { "/dashboard": DashboardPage } },
  { path: "/groups", label: "nav.groups", icon: IconUsersGroup, pages: { "/groups": GroupsPage, "/groups/:groupId/:tab?": GroupPage } },
  { path: "/members", label: "nav.members", icon: IconUsers, pages: { "/members": MembersPage, "/members/:memberId/:tab?": MemberPage } },
  { path: "/meetings", label: "nav.meetings", icon: IconCalendarEvent, pages: { "/meetings/:tab?": MeetingsPage } },
  { path: "/loans", label: "nav.loans", icon: IconCashBanknote, waits: "loans", pages: { "/loans": LoansPage, "/loans/:loanId": LoanPage } },
  { path: "/funds", label: "nav.savings", icon: IconWallet, pages: { "/funds/:tab?": FundsPage } },
  { path: "/dividends", label: "nav.dividends", icon: IconPigMoney, pages: { "/dividends": DividendsPage } },
  { path: "/review", label: "nav.review", icon: IconInbox, waits: "reviews", pages: { "/review": ReviewPage } },
  { path: "/reconciliation", label: "nav.reconciliation", icon: IconListCheck, pages: { "/reconciliation": MonthsPage, "/reconciliation/:groupId/:month": MonthPage } },
  { path: "/map", label: "nav.map", icon: IconMap2, pages: { "/map": MapPage } },
  { path: "/reports", label: "nav.reports", icon: IconReport, pages: { "/reports/:report?": ReportsPage } },
  { path: "/messages", label: "nav.messages", icon: IconMessage, roles: ADMINS, waits: "undelivered", pages: { "/messages/:tab?": MessagesPage } },
  { path: "/people", label: "nav.people", icon: IconUserCog, roles: ADMINS, pages: { "/people/:tab?": PeoplePage } },
  { path: "/audit", label: "nav.audit", icon: IconHistory, roles: ADMINS, pages: { "/audit": AuditPage } },
];

export function placesOf(role: Role): Place[] {
  return PLACES.filter(({ roles }) => !roles || roles.includes(role));
}
