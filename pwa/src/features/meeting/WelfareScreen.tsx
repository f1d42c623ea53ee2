import { formatDate, formatDay } from "@tablebanking/common/dates";
import { formatKes } from "@tablebanking/common/money";
import { type ReactNode, useEffect } from "react";
import { Icon } from "../../components/Icon";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import type { WelfareRequest } from "../../records/welfareRequests";
import { useData } from "../../state/data";
import { useOpenMeeting } from "../../state/meetings";
import { usePrefs } from "../../state/prefs";
import { useRecord } from "../../state/records";
import { useView } from "../../state/view";
import styles from "./step.module.css";
import { WelfareSection } from "./WelfareSection";

/** Help does not wait for a meeting: asked for, decided and paid between two of them as well. */
export function WelfareScreen({ groupId, note }: { groupId: string; note?: ReactNode }) {
  const meeting = useOpenMeeting(groupId);
  const language = usePrefs((state) => state.language);
  useEffect(() => useView.setState({ groupId }), [groupId]);
  return (
    <Screen title={t("welfare.title")} back={`/meeting/${groupId}`}>
      {note}
      {meeting && (
        <p className={styles.note} data-testid="at-meeting">
          <Icon name="meeting" size={20} />
          <span>{t("welfare.atMeeting", { date: formatDay(meeting.date, language) })}</span>
        </p>
      )}
      {meeting !== undefined && (
        <WelfareSection groupId={groupId} meeting={meeting} title={t("welfare.requests")} />
      )}
    </Screen>
  );
}

/** Where a notice leads: what became of the request stands above the others of its group. */
export function WelfareRequestScreen({ id }: { id: string }) {
  const request = useRecord("welfareRequests", id);
  if (request) {
    return <WelfareScreen groupId={request.groupId} note={<Outcome request={request} />} />;
  }
  return (
    <Screen title={t("welfare.title")} back="/">
      {request === undefined && <p>{t("welfare.gone")}</p>}
    </Screen>
  );
}

/** Of what still waits the list says all there is to say. */
function Outcome({ request }: { request: WelfareRequest }) {
  const language = usePrefs((state) => state.language);
  const name = useData((state) => state.members.get(request.memberId)?.memberName ?? "–");
  const about = { amount: formatKes(request.amount), name };
  if (request.status === "REJECTED") {
    const reason = request.rejectedReason ?? "–";
    return <p data-testid="welfare-outcome">{t("welfare.wasRefused", { ...about, reason })}</p>;
  }
  if (request.status !== "PAID" || !request.paidOn) return null;
  const date = formatDate(request.paidOn, language);
  return <p data-testid="welfare-outcome">{t("welfare.wasPaid", { ...about, date })}</p>;
}
