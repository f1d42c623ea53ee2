import { formatDay } from "@tablebanking/common/dates";
import { formatMoney } from "@tablebanking/common/money";
import { useEffect } from "react";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import list from "../../components/List.module.css";
import { LoansLink } from "../../components/LoansLink";
import { Screen, Section } from "../../components/Screen";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { welfareFor } from "../../state/agenda";
import { useData } from "../../state/data";
import { useLoanRows } from "../../state/loan-rows";
import { type ListedMeeting, useMeetings } from "../../state/meetings";
import { usePrefs } from "../../state/prefs";
import { useRecords } from "../../state/records";
import { useSigners } from "../../state/signers";
import { useView } from "../../state/view";
import { MeetingState } from "./MeetingState";
import styles from "./meetings.module.css";
import { OpenCard } from "./OpenCard";

/** A group's meetings: the one that is on, a new one, and those that were. */
export function GroupMeetingScreen({ groupId }: { groupId: string }) {
  const name = useData((state) => state.groups.get(groupId)?.name ?? "");
  const meetings = useMeetings(groupId);
  const [signers] = useSigners(groupId);
  const loans = useLoanRows(groupId);
  useEffect(() => useView.setState({ groupId }), [groupId]);
  const open = meetings?.filter(({ status }) => status === "OPEN") ?? [];
  const past = meetings?.filter(({ status }) => status !== "OPEN") ?? [];
  return (
    <Screen title={name} back="/meeting">
      {open.map((meeting) => (
        <OpenCard key={meeting.id} meeting={meeting} />
      ))}
      <div className={styles.buttons}>
        {meetings && open.length === 0 && (
          <Button
            look="primary"
            icon="meeting"
            wide
            onClick={() => navigate(`/meeting/${groupId}/start`)}
            data-testid="start-meeting"
          >
            {t("meetings.start")}
          </Button>
        )}
        <Button
          wide
          onClick={() => navigate(`/meeting/${groupId}/sheet`)}
          data-testid="sheet-alone"
        >
          {t("meetings.alone")}
        </Button>
      </div>
      {loans && (
        <Section title={t("loans.title")}>
          <LoansLink rows={loans} groupId={groupId} />
        </Section>
      )}
      <Section title={t("welfare.title")}>
        <WelfareLink groupId={groupId} />
      </Section>
      <Section title={t("meetings.past")}>
        {past.length === 0 && <p className={list.empty}>{t("meetings.none")}</p>}
        <ul>
          {past.map((meeting) => (
            <PastRow key={meeting.id} meeting={meeting} />
          ))}
        </ul>
      </Section>
      <Section title={t("meetings.signers")}>
        <a className={list.row} href={`#/signers/${groupId}`}>
          <span className={list.main}>
            <span>
              {signers && signers.length > 0
                ? signers.map((signer) => signer.name).join(", ")
                : t("meetings.signersNone")}
            </span>
          </span>
          <Icon name="forward" size={20} />
        </a>
      </Section>
    </Screen>
  );
}

function WelfareLink({ groupId }: { groupId: string }) {
  const { welfareAsked, welfareToPay } = welfareFor(useRecords("welfareRequests", groupId) ?? []);
  const waiting = [
    welfareAsked.length > 0 && t("agenda.welfare", { count: welfareAsked.length }),
    welfareToPay.length > 0 && t("agenda.payWelfare", { count: welfareToPay.length }),
  ].filter(Boolean);
  return (
    <a className={list.row} href={`#/meeting/${groupId}/welfare`} data-testid="welfare-link">
      <span className={list.main}>
        {waiting.length === 0 && <span>{t("other.noWelfare")}</span>}
        {waiting.map((words) => (
          <span key={String(words)}>{words}</span>
        ))}
      </span>
      <Icon name="forward" size={20} />
    </a>
  );
}

function PastRow({ meeting }: { meeting: ListedMeeting }) {
  const language = usePrefs((state) => state.language);
  return (
    <li>
      <a className={list.row} href={`#/meetings/${meeting.id}/minutes`} data-testid="past-meeting">
        <span className={list.main}>
          <span className={list.name}>{formatDay(meeting.date, language)}</span>
          <MeetingState meeting={meeting} />
        </span>
        <span className={list.amount}>{formatMoney(meeting.counted ?? 0)}</span>
        <Icon name="forward" size={20} />
      </a>
    </li>
  );
}
