/** Top bar, the screen, four tabs. The sheet may ask for the tabs' place while its pad is open. */
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect } from "react";
import { Button } from "../components/Button";
import { TodayScreen } from "../features/today/TodayScreen";
import { loadLater, t } from "../i18n";
import { match, usePath } from "../lib/router";
import { keepAwake } from "../platform/wake-lock";
import { useData } from "../state/data";
import { showSignIn } from "../state/session";
import { useView } from "../state/view";
import styles from "./App.module.css";
import { TabBar } from "./TabBar";
import { TopBar } from "./TopBar";

type Params = Record<string, string>;

/** The shell opens first; the other screens and their words are fetched right after it, from the phone's own copy. */
const screens = {
  meeting: () => import("../features/meeting/MeetingScreen"),
  groupMeeting: () => import("../features/meeting/GroupMeetingScreen"),
  startMeeting: () => import("../features/meeting/StartScreen"),
  meetingStep: () => import("../features/meeting/MeetingStepScreen"),
  sheet: () => import("../features/meeting/SheetScreen"),
  welfare: () => import("../features/meeting/WelfareScreen"),
  signers: () => import("../features/signers/SignersScreen"),
  members: () => import("../features/members/MembersScreen"),
  member: () => import("../features/members/MemberScreen"),
  papers: () => import("../features/members/PapersScreen"),
  newMember: () => import("../features/members/NewMemberScreen"),
  memberForm: () => import("../features/members/MemberFormScreen"),
  loans: () => import("../features/loans/LoansScreen"),
  quote: () => import("../features/loans/QuoteScreen"),
  apply: () => import("../features/loans/ApplyScreen"),
  loan: () => import("../features/loans/LoanScreen"),
  repay: () => import("../features/loans/RepayScreen"),
  withdraw: () => import("../features/loans/WithdrawScreen"),
  outbox: () => import("../features/outbox/OutboxScreen"),
  conflict: () => import("../features/outbox/ConflictScreen"),
  handOver: () => import("../features/outbox/HandOverScreen"),
  takeOver: () => import("../features/outbox/TakeOverScreen"),
  receipt: () => import("../features/receipts/ReceiptScreen"),
  account: () => import("../features/account/AccountScreen"),
};

/** A screen with its words. */
function later<M, P>(load: () => Promise<M>, pick: (module: M) => ComponentType<P>) {
  return lazy(async () => {
    const [module] = await Promise.all([load(), loadLater()]);
    return { default: pick(module) };
  });
}

const MeetingScreen = later(screens.meeting, (module) => module.MeetingScreen);
const GroupMeetingScreen = later(screens.groupMeeting, (module) => module.GroupMeetingScreen);
const StartScreen = later(screens.startMeeting, (module) => module.StartScreen);
const MeetingStepScreen = later(screens.meetingStep, (module) => module.MeetingStepScreen);
const WelfareScreen = later(screens.welfare, (module) => module.WelfareScreen);
const WelfareRequestScreen = later(screens.welfare, (module) => module.WelfareRequestScreen);
const SignersScreen = later(screens.signers, (module) => module.SignersScreen);
const SheetScreen = later(screens.sheet, (module) => module.SheetScreen);
const MembersScreen = later(screens.members, (module) => module.MembersScreen);
const MemberScreen = later(screens.member, (module) => module.MemberScreen);
const PapersScreen = later(screens.papers, (module) => module.PapersScreen);
const NewMemberScreen = later(screens.newMember, (module) => module.NewMemberScreen);
const MemberFormScreen = later(screens.memberForm, (module) => module.MemberFormScreen);
const LoansScreen = later(screens.loans, (module) => module.LoansScreen);
const QuoteScreen = later(screens.quote, (module) => module.QuoteScreen);
const ApplyScreen = later(screens.apply, (module) => module.ApplyScreen);
const LoanScreen = later(screens.loan, (module) => module.LoanScreen);
const RepayScreen = later(screens.repay, (module) => module.RepayScreen);
const WithdrawScreen = later(screens.withdraw, (module) => module.WithdrawScreen);
const OutboxScreen = later(screens.outbox, (module) => module.OutboxScreen);
const ConflictScreen = later(screens.conflict, (module) => module.ConflictScreen);
const HandOverScreen = later(screens.handOver, (module) => module.HandOverScreen);
const TakeOverScreen = later(screens.takeOver, (module) => module.TakeOverScreen);
const ReceiptScreen = later(screens.receipt, (module) => module.ReceiptScreen);
const AccountScreen = later(screens.account, (module) => module.AccountScreen);

const ROUTES: [pattern: string, screen: (params: Params) => ReactNode][] = [
  ["/", () => <TodayScreen />],
  ["/meeting", () => <MeetingScreen />],
  ["/meeting/:id", ({ id = "" }) => <GroupMeetingScreen key={id} groupId={id} />],
  ["/meeting/:id/start", ({ id = "" }) => <StartScreen key={id} groupId={id} />],
  ["/meeting/:id/sheet", ({ id = "" }) => <SheetScreen key={id} groupId={id} />],
  ["/meeting/:id/welfare", ({ id = "" }) => <WelfareScreen key={id} groupId={id} />],
  [
    "/meetings/:id/:step",
    ({ id = "", step = "" }) => <MeetingStepScreen key={id} id={id} step={step} />,
  ],
  ["/welfare/:id", ({ id = "" }) => <WelfareRequestScreen key={id} id={id} />],
  ["/signers/:id", ({ id = "" }) => <SignersScreen key={id} groupId={id} />],
  ["/members", () => <MembersScreen />],
  ["/members/new", () => <NewMemberScreen />],
  ["/members/:id", ({ id = "" }) => <MemberScreen key={id} id={id} />],
  ["/members/:id/papers", ({ id = "" }) => <PapersScreen key={id} id={id} />],
  ["/members/:id/edit", ({ id = "" }) => <MemberFormScreen key={id} memberId={id} />],
  ["/members/:id/withdraw", ({ id = "" }) => <WithdrawScreen key={id} memberId={id} />],
  ["/loans", () => <LoansScreen />],
  ["/loans/quote", () => <QuoteScreen />],
  ["/loans/new", () => <ApplyScreen />],
  ["/loans/:id", ({ id = "" }) => <LoanScreen key={id} id={id} />],
  ["/loans/:id/repay", ({ id = "" }) => <RepayScreen key={id} id={id} />],
  ["/outbox", () => <OutboxScreen />],
  ["/outbox/hand-over", () => <HandOverScreen />],
  ["/outbox/take-over", () => <TakeOverScreen />],
  ["/outbox/:id/conflict", ({ id = "" }) => <ConflictScreen key={id} id={id} />],
  [
    "/receipt/:id/:date",
    ({ id = "", date = "" }) => <ReceiptScreen key={id + date} memberId={id} date={date} />,
  ],
  ["/account", () => <AccountScreen />],
];

/** Where the top bar must not go on naming the group that was looked at before. */
const isOfNoGroup = (path: string) =>
  /^\/($|\?|account|outbox)/.test(path) || path === "/loans" || path === "/members";

export function Shell() {
  const path = usePath();
  const padOpen = useView((state) => state.padOpen);
  const sessionEnded = useData((state) => state.sessionEnded);
  useEffect(() => {
    if (!path.startsWith("/meeting")) useView.setState({ padOpen: false });
  }, [path]);
  useEffect(() => {
    if (isOfNoGroup(path)) useView.setState({ groupId: null });
  }, [path]);
  // The screen stays on over the group's book; the lock of the app ends that, with the Shell.
  const atMeeting = /^\/meetings?\//.test(path);
  useEffect(() => (atMeeting ? keepAwake() : undefined), [atMeeting]);
  useEffect(() => {
    for (const load of [loadLater, ...Object.values(screens)]) void load().catch(() => undefined);
  }, []);
  return (
    <>
      <TopBar />
      {sessionEnded && (
        <div className={`${styles.banner} ${styles.warning}`} role="status">
          <span>{t("signIn.again")}</span>
          <Button onClick={() => showSignIn()}>{t("signIn.againAction")}</Button>
        </div>
      )}
      <Suspense fallback={<p className={styles.loading}>{t("app.loading")}</p>}>
        <Outlet path={path} />
      </Suspense>
      {!padOpen && <TabBar path={path} />}
    </>
  );
}

function Outlet({ path }: { path: string }) {
  for (const [pattern, screen] of ROUTES) {
    const params = match(pattern, path);
    if (params) return screen(params);
  }
  return <TodayScreen />;
}
