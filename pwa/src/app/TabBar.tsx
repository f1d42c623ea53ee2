import { Icon, type IconName } from "../components/Icon";
import { type Key, t } from "../i18n";
import { useUnsentCount } from "../state/unsent";
import styles from "./TabBar.module.css";

const TABS: { to: string; icon: IconName; word: Key }[] = [
  { to: "/", icon: "today", word: "tab.today" },
  { to: "/meeting", icon: "meeting", word: "tab.meeting" },
  { to: "/members", icon: "members", word: "tab.members" },
  { to: "/outbox", icon: "outbox", word: "tab.outbox" },
];

export function TabBar({ path }: { path: string }) {
  const count = useUnsentCount();
  return (
    <nav className={styles.bar} aria-label={t("nav.main")}>
      {TABS.map(({ to, icon, word }) => {
        const current = to === "/" ? path === "/" : path.startsWith(to);
        const counted = to === "/outbox" && count > 0;
        return (
          <a
            key={to}
            href={`#${to}`}
            className={styles.tab}
            aria-current={current ? "page" : undefined}
          >
            <span className={styles.icon}>
              <Icon name={icon} />
              {counted && (
                <span className={styles.count}>
                  <span data-testid="outbox-count">{count}</span>
                  <span className={styles.spoken}> {t("tab.waiting")}</span>
                </span>
              )}
            </span>
            {t(word)}
          </a>
        );
      })}
    </nav>
  );
}
