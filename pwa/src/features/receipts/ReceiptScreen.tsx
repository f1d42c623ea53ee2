/** Everything that one member paid and was paid on one day: the receipt of a meeting. */
import { type IsoDate, parseDate } from "@tablebanking/common/dates";
import { useEffect } from "react";
import { Icon, type IconName } from "../../components/Icon";
import { ReceiptShare } from "../../components/ReceiptShare";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import type { Sheet } from "../../lib/receipt-picture";
import { useData } from "../../state/data";
import { sheetOf } from "../../state/receipt-sheet";
import { type Entry, type InBooks, useDayEntries } from "../../state/receipts";
import { useSession } from "../../state/session";
import { useView } from "../../state/view";
import styles from "./receipts.module.css";

export function ReceiptScreen({ memberId, date }: { memberId: string; date: string }) {
  const member = useData((state) => state.members.get(memberId));
  const groupId = member?.groupId ?? null;
  useEffect(() => useView.setState({ groupId }), [groupId]);
  const entries = useDayEntries(memberId, date);
  const good = member !== undefined && parseDate(date) !== null;
  return (
    <Screen title={t("receipt.title")} back={`/members/${memberId}`}>
      {!good && <p>{t("receipt.unknown")}</p>}
      {good && entries?.length === 0 && <p>{t("receipt.nothing")}</p>}
      {good && entries && entries.length > 0 && (
        <Receipt
          memberName={member.memberName}
          groupId={member.groupId}
          date={date}
          entries={entries}
        />
      )}
    </Screen>
  );
}

interface Props {
  memberName: string;
  groupId: string;
  date: IsoDate;
  entries: readonly Entry[];
}

function Receipt({ memberName, groupId, date, entries }: Props) {
  const groupName = useData((state) => state.groups.get(groupId)?.name ?? "");
  const officerName = useSession((state) => state.account?.name ?? "");
  const sheet = sheetOf({ memberName, groupName, officerName, date }, entries);
  return (
    <>
      <Paper sheet={sheet} />
      <ReceiptShare sheet={sheet} name={`receipt-${date}`} />
      {sheet.state !== "yes" && <p className={styles.soft}>{t("receipt.later")}</p>}
    </>
  );
}

const STAMPS: Record<InBooks, IconName> = { yes: "check", office: "office", no: "clock" };

function Paper({ sheet }: { sheet: Sheet }) {
  return (
    <article className={styles.paper} data-testid="receipt" data-state={sheet.state}>
      <p className={styles.soft}>{sheet.group}</p>
      <h2>{sheet.title}</h2>
      <p className={styles.soft}>{sheet.date}</p>
      <p className={styles.stamp}>
        <Icon name={STAMPS[sheet.state]} size={20} /> {sheet.stateWord}
      </p>
      <ul className={styles.rows}>
        {sheet.rows.map((row) => (
          <li key={row.number}>
            <span className={styles.pair}>
              <strong>{row.what}</strong>
              <strong className={styles.amount}>{row.amount}</strong>
            </span>
            <span className={styles.soft}>
              {[row.number, row.detail].filter(Boolean).join(" · ")}
              {row.state !== sheet.state && ` · ${t(`receipt.stamp.${row.state}`)}`}
            </span>
          </li>
        ))}
      </ul>
      {sheet.totals.map(({ label, amount }) => (
        <p key={label} className={styles.total}>
          <span>{label}</span>
          <span className={styles.amount}>{amount}</span>
        </p>
      ))}
      <p className={styles.soft}>{sheet.foot}</p>
      {sheet.check && <p className={styles.soft}>{sheet.check}</p>}
    </article>
  );
}
