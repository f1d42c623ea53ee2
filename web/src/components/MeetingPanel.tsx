import { fromDecimal } from "@tablebanking/common/money";
import { Link } from "react-router";
import { type MeetingDetail, useMeetingQuery } from "../api/meetings";
import { label, t } from "../i18n";
import { dateText, momentText } from "../lib/dates";
import { KeyValues } from "./KeyValues";
import classes from "./MeetingPanel.module.css";
import { Money } from "./Money";
import { PaperButton } from "./papers/PaperButton";
import { SidePanel } from "./SidePanel";
import { Empty, Failed, LoadingRows } from "./States";
import sums from "./SumTable.module.css";

type Props = { meetingId: string; onClose: () => void };

/** The minutes: who was there, what moved, the cash that was counted, and who confirmed it. */
export function MeetingPanel({ meetingId, onClose }: Props) {
  const { data: meeting, error, refetch } = useMeetingQuery(meetingId);
  return (
    <SidePanel
      title={meeting ? dateText(meeting.meetingDate) : t("meetings.panel")}
      onClose={onClose}
      testId="meeting-panel"
    >
      {meeting === undefined && !error && <LoadingRows />}
      {meeting === undefined && error && <Failed error={error} retry={refetch} />}
      {meeting === null && <Empty title={t("meetings.missing")} />}
      {meeting && <Minutes meeting={meeting} />}
    </SidePanel>
  );
}

function Minutes({ meeting }: { meeting: MeetingDetail }) {
  return (
    <>
      <KeyValues
        items={[
          { name: t("picker.group"), value: <GroupLink meeting={meeting} /> },
          { name: t("newGroup.venue"), value: meeting.venue },
          { name: t("groups.status"), value: t(`meetingStatus.${meeting.status}`) },
          { name: t("meetings.closed"), value: did(meeting.closedAt, meeting.closedBy) },
          { name: t("meetings.confirmed"), value: did(meeting.confirmedAt, meeting.confirmedBy) },
          {
            name: t("meetings.how"),
            value: meeting.onOfficersDevice ? t("meetings.onDevice") : null,
          },
          { name: t("meetings.sequence"), value: meeting.bookSequence },
        ]}
      />
      {meeting.minutes && (
        <PaperButton
          name={`${meeting.group.name} ${meeting.meetingDate}`}
          offers={[{ kind: "MINUTES", subjectId: meeting.id }]}
        />
      )}
      <Attendance meeting={meeting} />
      <Cash meeting={meeting} />
      <Moved meeting={meeting} />
      {meeting.resolutions && (
        <>
          <h3 className={classes.section}>{t("meetings.resolutions")}</h3>
          <p className={classes.text}>{meeting.resolutions}</p>
        </>
      )}
    </>
  );
}

function GroupLink({ meeting: { id, group } }: { meeting: MeetingDetail }) {
  return (
    <Link className={classes.link} to={`/groups/${group.id}/meetings?meeting=${id}`}>
      {group.name}
    </Link>
  );
}

function did(at: string | null | undefined, by: { name: string } | null | undefined) {
  return at ? [momentText(at), by?.name].filter(Boolean).join(", ") : null;
}

const KINDS = ["present", "late", "excused", "absent", "notRecorded"] as const;

function Attendance({ meeting: { minutes } }: { meeting: MeetingDetail }) {
  if (!minutes) return null;
  return (
    <>
      <h3 className={classes.section}>{t("meetings.attendance")}</h3>
      <KeyValues
        items={[
          ...KINDS.filter((kind) => kind === "present" || minutes[kind] > 0).map((kind) => ({
            name: t(`meetings.${kind}`),
            value: minutes[kind],
            figure: true,
          })),
          {
            name: t("meetings.quorum"),
            value: t(minutes.quorumReached ? "common.yes" : "common.no"),
            figure: true,
          },
        ]}
      />
    </>
  );
}

function Cash({ meeting }: { meeting: MeetingDetail }) {
  const money = (name: string, value: string | null | undefined, always = true) => ({
    name,
    value: value && (always || fromDecimal(value) !== 0) ? <Money value={value} /> : null,
    figure: true,
  });
  return (
    <>
      <h3 className={classes.section}>{t("meetings.cash")}</h3>
      <KeyValues
        items={[
          money(t("meetings.opening"), meeting.openingCash),
          money(t("meetings.brought"), meeting.broughtFromBank, false),
          money(t("meetings.cashIn"), meeting.minutes?.cashIn),
          money(t("meetings.cashOut"), meeting.minutes?.cashOut),
          money(t("meetings.banked"), meeting.banked, false),
          money(t("meetings.expected"), meeting.expected),
          money(t("meetings.counted"), meeting.counted),
          money(t("meetings.variance"), meeting.variance, false),
        ]}
      />
      {meeting.varianceNote && <p className={classes.text}>{meeting.varianceNote}</p>}
    </>
  );
}

function Moved({ meeting: { totals } }: { meeting: MeetingDetail }) {
  if (totals.length === 0) return null;
  return (
    <>
      <h3 className={classes.section}>{t("meetings.moved")}</h3>
      <table className={sums.table}>
        <thead>
          <tr>
            <th scope="col">{t("ledger.what")}</th>
            <th scope="col" className={sums.end}>
              {t("ledger.amount")}
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.map(({ subcategory, account, category, amount }) => (
            <tr key={`${subcategory}${account}${category}`}>
              <td>
                {label("subcategory", subcategory)} · {label("account", account)}
              </td>
              <td className={sums.end}>
                {category === "CASH_IN" ? "+" : "\u2212"}
                <Money value={amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
