/** What the office looks at, asks and has decided, where no row of the outbox says it. */
import { formatMoment } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { LongList } from "../../components/LongList";
import { Section } from "../../components/Screen";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import { whole } from "../../lib/whole";
import type { ReviewItem } from "../../records/reviewItems";
import { useData } from "../../state/data";
import { usePrefs } from "../../state/prefs";
import { useRecords } from "../../state/records";
import { itemReason, officeWord } from "../../state/words";
import type { OperationStatus } from "../../store/schema";
import styles from "./outbox.module.css";

const SHOWN_MS = 30 * 86_400_000;

export function FromOffice() {
  const items = useRecords("reviewItems");
  const operations = useData((state) => state.operations);
  const listed = new Set(operations.map(({ id }) => id));
  const shown = (items ?? [])
    .filter((item) => item.decision !== "RESOLVED" && isRecent(item))
    .filter(({ operationId }) => operationId === null || !listed.has(operationId))
    .sort((a, b) => momentOf(b).localeCompare(momentOf(a)));
  if (shown.length === 0) return null;
  return (
    <Section title={t("outbox.fromOffice")}>
      {shown.some(({ status }) => status === "OPEN") && <p>{t("office.open")}</p>}
      <LongList
        items={shown}
        className={styles.list}
        classOf={() => styles.row}
        estimate={110}
        keyOf={({ id }) => id}
        row={(item) => <Item item={item} />}
      />
    </Section>
  );
}

const momentOf = ({ decidedAt, createdAt }: ReviewItem) => decidedAt ?? createdAt;
const isRecent = ({ status, decidedAt }: ReviewItem, now = Date.now()) =>
  status !== "DECIDED" || decidedAt === null || Date.parse(decidedAt) > now - SHOWN_MS;

/** What it is to the officer: with the office, a question to them, or done. */
const STATES: Record<ReviewItem["status"], OperationStatus> = {
  OPEN: "held",
  SENT_BACK: "rejected",
  DECIDED: "saved",
};

function Item({ item }: { item: ReviewItem }) {
  const language = usePrefs((state) => state.language);
  const member = useData((state) => item.memberId && state.members.get(item.memberId)?.memberName);
  const group = useData((state) => state.groups.get(item.groupId)?.name);
  const { status, decision, decisionNote: note, decidedAt: at, kind } = item;
  const said = officeWord({ status, decision, note, at, kind });
  return (
    <div className={styles.entry} data-testid="office-item">
      <div className={styles.item}>
        <span className={styles.line}>
          <strong className={styles.what}>{member ?? t(`review.${kind}`)}</strong>
          {item.amount !== 0 && (
            <strong className={styles.amount}>KES {formatMoney(item.amount)}</strong>
          )}
        </span>
        {member && <span>{t(`review.${kind}`)}</span>}
        <span className={styles.line}>
          <span className={styles.soft}>
            {[group, whole(formatMoment(momentOf(item), language))].filter(Boolean).join(" · ")}
          </span>
          <StateBadge status={STATES[status]} />
        </span>
      </div>
      <p className={styles.soft}>{itemReason(item)}</p>
      {said && <p>{said}</p>}
    </div>
  );
}
