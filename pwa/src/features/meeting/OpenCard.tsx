import { formatDay } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { useData } from "../../state/data";
import {
  countRoll,
  type ListedMeeting,
  rollOf,
  useCash,
  useGroupMembers,
} from "../../state/meetings";
import { usePrefs } from "../../state/prefs";
import styles from "./meetings.module.css";
import { pathOf } from "./steps";
import { keptStep } from "./use-step";

/** The meeting that is on: who is here, what lies on the table, and back into it. */
export function OpenCard({ meeting }: { meeting: ListedMeeting }) {
  const language = usePrefs((state) => state.language);
  const name = useData((state) => state.groups.get(meeting.groupId)?.name ?? "");
  const members = rollOf(useGroupMembers(meeting.groupId), meeting.attendance);
  const ids = members.map((member) => member.id);
  const roll = countRoll(ids, meeting.attendance, meeting.quorum);
  const cash = useCash(meeting.groupId);
  const goOn = async () => navigate(pathOf(meeting.id, await keptStep(meeting.id)));
  const taken = Object.keys(meeting.attendance).length > 0;
  return (
    <section className={styles.open} data-testid="open-meeting">
      <div>
        <h2 className={styles.title}>{t("meetings.openOf", { name })}</h2>
        <p className={styles.soft}>
          {[formatDay(meeting.date, language), meeting.venue].filter(Boolean).join(" · ")}
        </p>
        <p className={styles.soft}>
          {taken
            ? t("meetings.here", { here: roll.here, count: roll.total })
            : t("meetings.nobodyYet")}
        </p>
      </div>
      <dl className={styles.table}>
        <dt>{t("meetings.onTable")}</dt>
        <dd>
          <small>KES</small> {formatMoney(cash)}
        </dd>
      </dl>
      <Button look="primary" wide onClick={() => void goOn()} data-testid="go-on">
        {t("meetings.goOn")}
      </Button>
    </section>
  );
}
