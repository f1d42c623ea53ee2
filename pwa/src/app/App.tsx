/** Which of the five phases is on the screen, and what runs beside the screens. */
import { lazy, Suspense, useEffect } from "react";
import { Toast } from "../components/Toast";
import { SetPin } from "../features/signin/SetPin";
import { SignIn } from "../features/signin/SignIn";
import { Unlock } from "../features/signin/Unlock";
import { t } from "../i18n";
import { usePrefs } from "../state/prefs";
import { type Phase, useSession } from "../state/session";
import { startTriggers } from "../state/sync";
import styles from "./App.module.css";
import { useAutoLock } from "./auto-lock";
import { ErrorBoundary } from "./ErrorBoundary";
import { StorageFull } from "./StorageFull";
import { UpdateBanner } from "./UpdateBanner";

/** Behind the PIN: fetched while it is typed, so that the lock is on the screen sooner. */
const loadShell = () => import("./Shell");
const Shell = lazy(async () => ({ default: (await loadShell()).Shell }));
const duty = () => import("../state/duty");
const notices = () => import("../state/notices");

export function App() {
  const phase = useSession((state) => state.phase);
  const userId = useSession((state) => state.account?.userId);
  const language = usePrefs((state) => state.language);
  useAutoLock();

  // A locked phone still sends; only who has no store here has nothing to synchronise.
  const canSync = phase === "open" || phase === "locked";
  useEffect(() => (canSync && userId ? startTriggers() : undefined), [canSync, userId]);

  useEffect(() => {
    if (phase === "open") {
      void duty().then(({ resumeDuty }) => resumeDuty());
      void notices().then(({ resumeNotices }) => resumeNotices());
    } else if (phase !== "signIn") whenIdle(() => void loadShell().catch(() => undefined));
    if (phase === "setPin") pauseDuty();
  }, [phase]);
  useEffect(() => {
    void notices().then(({ startNotices }) => startNotices());
  }, []);
  // Another officer does not go on with this one's duty.
  useEffect(() => (userId ? pauseDuty : undefined), [userId]);

  return (
    <div className={styles.app} key={language}>
      <ErrorBoundary>
        <UpdateBanner />
        <PhaseScreen phase={phase} />
      </ErrorBoundary>
      <StorageFull />
      <Toast />
    </div>
  );
}

/** The lock or the sign-in first, then what lies behind it. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 200);
}

function pauseDuty(): void {
  void duty().then((loaded) => loaded.pauseDuty());
}

function PhaseScreen({ phase }: { phase: Phase }) {
  switch (phase) {
    case "loading":
      return <p className={styles.loading}>{t("app.loading")}</p>;
    case "signIn":
      return <SignIn />;
    case "setPin":
      return <SetPin />;
    case "locked":
      return <Unlock />;
    case "open":
      return (
        <Suspense fallback={<p className={styles.loading}>{t("app.loading")}</p>}>
          <Shell />
        </Suspense>
      );
  }
}
