import { Switch } from "../../components/Switch";
import { t } from "../../i18n";
import { refuseNotices, useNotices, wantNotices } from "../../state/notices";
import styles from "./account.module.css";

/** Being told with the app closed: what it does, and what this phone cannot do. */
export function NoticeSwitch() {
  const { wanted, on, busy, problem } = useNotices();
  const now = busy ? "notices.busy" : on ? "notices.on" : "notices.off";
  return (
    <section className={styles.notices}>
      <Switch
        title={t("notices.title")}
        text={t(now)}
        on={wanted}
        onTurn={() => void (wanted ? refuseNotices() : wantNotices())}
        data-testid="notice-switch"
      />
      {problem && (
        <p role="alert" className={styles.warning} data-testid="notice-problem">
          {t(`notices.${problem}`)}
        </p>
      )}
      <p className={styles.soft}>{t("notices.about")}</p>
    </section>
  );
}
