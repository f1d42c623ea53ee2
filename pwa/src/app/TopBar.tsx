import { IconButton } from "../components/Button";
import { Icon, type IconName } from "../components/Icon";
import { t } from "../i18n";
import { navigate } from "../lib/router";
import { useData } from "../state/data";
import { syncNow } from "../state/sync";
import { useUnsentCount } from "../state/unsent";
import { useView } from "../state/view";
import styles from "./TopBar.module.css";

/** The group's name and the sync state, always. A touch on the state synchronises. */
export function TopBar() {
  const groupId = useView((state) => state.groupId);
  const groups = useData((state) => state.groups);
  const name = (groupId && groups.get(groupId)?.name) || t("nav.allGroups");
  const { icon, text, tone } = useSyncState();
  return (
    <header className={styles.bar}>
      <span className={styles.group}>{name}</span>
      <button
        type="button"
        className={`${styles.sync} ${styles[tone]}`}
        onClick={() => void syncNow(true)}
        data-testid="sync-state"
        aria-label={`${t("sync.label", { state: text })}. ${t("sync.now")}`}
      >
        <Icon name={icon} size={18} />
        <span aria-live="polite">{text}</span>
      </button>
      <IconButton
        icon="settings"
        label={t("nav.account")}
        onClick={() => navigate("/account")}
        data-testid="open-account"
      />
    </header>
  );
}

interface SyncState {
  icon: IconName;
  text: string;
  tone: "saved" | "waiting" | "wrong" | "soft";
}

function useSyncState(): SyncState {
  const progress = useData((state) => state.progress);
  const count = useUnsentCount();
  const sessionEnded = useData((state) => state.sessionEnded);
  const copied = useData((state) => state.firstCopy.done);
  if (progress.phase === "push" && progress.total > 0) {
    const { done, total } = progress;
    return { icon: "sync", text: t("sync.pushing", { done, total }), tone: "waiting" };
  }
  if (progress.phase === "pull") return { icon: "sync", text: t("sync.pulling"), tone: "soft" };
  if (sessionEnded) return { icon: "alert", text: t("sync.signIn"), tone: "wrong" };
  if (progress.problem === "offline") {
    const text = count > 0 ? t("sync.offlineWaiting", { count }) : t("sync.offline");
    return { icon: "offline", text, tone: "waiting" };
  }
  if (progress.problem === "storage") {
    return { icon: "alert", text: t("sync.storage"), tone: "wrong" };
  }
  if (progress.problem === "server") {
    return { icon: "alert", text: t("sync.server"), tone: "wrong" };
  }
  if (count > 0) return { icon: "clock", text: t("sync.waiting", { count }), tone: "waiting" };
  if (!copied) return { icon: "sync", text: t("sync.notCopied"), tone: "soft" };
  return { icon: "check", text: t("sync.idle"), tone: "saved" };
}
