/** Payments that are taken outside a meeting. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { Screen } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { useGroupMembers } from "../../state/meetings";
import { Sheet } from "./Sheet";
import styles from "./sheet.module.css";
import { useSheet } from "./use-sheet";

export function SheetScreen({ groupId }: { groupId: string }) {
  const members = useGroupMembers(groupId);
  const sheet = useSheet(groupId, null);
  return (
    <Screen
      fixed
      back={`/meeting/${groupId}`}
      title={t("sheet.title")}
      action={<SheetDate date={sheet.date} onChange={sheet.setDate} />}
    >
      <Sheet groupId={groupId} sheet={sheet} members={members} cash={sheet.sums.cash} />
    </Screen>
  );
}

function SheetDate({ date, onChange }: { date: IsoDate; onChange: (date: IsoDate) => void }) {
  return (
    <input
      type="date"
      className={styles.date}
      aria-label={t("sheet.date")}
      value={date}
      max={todayInNairobi()}
      onChange={({ target }) => {
        if (target.value > todayInNairobi()) toast(t("sheet.dateFuture"), "bad");
        else if (target.value) onChange(target.value);
      }}
    />
  );
}
