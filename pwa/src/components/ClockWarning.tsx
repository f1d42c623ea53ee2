import { formatPlainDate, formatTime, todayInNairobi } from "@tablebanking/common/dates";
import { t } from "../i18n";
import { useClockOff } from "../state/clock";
import { usePrefs } from "../state/prefs";
import styles from "./ClockWarning.module.css";
import { Icon } from "./Icon";

/** The phone's clock does not agree with the server's; with `signing`, what that does to a signature. */
export function ClockWarning({ signing = false }: { signing?: boolean }) {
  const language = usePrefs((state) => state.language);
  const off = useClockOff();
  if (!off) return null;
  const ahead = off.phone > off.server;
  const moment = (time: number) =>
    `${formatPlainDate(todayInNairobi(new Date(time)), language)}, ${formatTime(time, language)}`;
  return (
    <div className={styles.warning} role="alert" data-testid="clock-warning">
      <Icon name="alert" size={20} />
      <p>
        {t("clock.off", { phone: moment(off.phone), server: moment(off.server) })}{" "}
        {signing && ahead && t("clock.signing")} {t("clock.todo")}
      </p>
    </div>
  );
}
