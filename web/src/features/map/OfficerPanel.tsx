/** One officer: what is known now, and the day that was chosen. */
import { formatPhone } from "@tablebanking/common/phone";
import { KeyValues } from "../../components/KeyValues";
import { SidePanel } from "../../components/SidePanel";
import { Failed, LoadingRows, StaleNotice } from "../../components/States";
import { label, t } from "../../i18n";
import { ageText } from "../../lib/age";
import { DayPicker } from "./DayPicker";
import { DayStops } from "./DayStops";
import classes from "./MapPage.module.css";
import type { useOfficerDayQuery } from "./officer-day";
import { type Entry, unsentSince } from "./officer-filter";

type Props = {
  entry: Entry | undefined;
  now: number;
  day: string;
  onDay: (day: string) => void;
  query: ReturnType<typeof useOfficerDayQuery>;
  stop: number | null;
  onStop: (index: number | null) => void;
  onClose: () => void;
};

export function OfficerPanel(props: Props) {
  const { entry, now, day, query, onDay } = props;
  const data = query.currentData;
  const officer = entry?.officer ?? data?.officer;
  return (
    <SidePanel
      title={officer?.user.name ?? t("map.officer")}
      onClose={props.onClose}
      testId="officer-panel"
      inPlace
    >
      {entry && <Now entry={entry} now={now} />}
      {entry && entry.unsent.length > 0 && <UnsentBox entry={entry} now={now} />}
      <DayPicker day={day} onDay={onDay} />
      {data && query.isError && <StaleNotice retry={query.refetch} />}
      {!data && query.isError && <Failed error={query.error} retry={query.refetch} />}
      {!data && !query.isError && <LoadingRows />}
      {data && <DayStops day={data} stop={props.stop} onStop={props.onStop} />}
    </SidePanel>
  );
}

function Now({ entry, now }: { entry: Entry; now: number }) {
  const { officer, position } = entry;
  return (
    <KeyValues
      items={[
        {
          name: t("map.lastActivity"),
          value: position
            ? `${label("activity", position.activityType)}, ${ageText(position.recordedAt, now)}`
            : t("map.noPosition"),
        },
        { name: t("map.phone"), value: formatPhone(officer.phone) },
        {
          name: t("map.batteryName"),
          value: position?.batteryLevel == null ? null : `${position.batteryLevel} %`,
        },
        {
          name: t("map.position"),
          value:
            position?.accuracy == null
              ? null
              : t("map.accuracy", { metres: Math.round(position.accuracy) }),
        },
      ]}
    />
  );
}

/** What the phone said of its outbox when it was last heard. */
function UnsentBox({ entry, now }: { entry: Entry; now: number }) {
  const since = unsentSince(entry.unsent);
  return (
    <div className={classes.unsentBox} data-testid="officer-unsent">
      <strong>
        {since ? t("map.unsentSince", { age: ageText(since, now) }) : t("map.state.unsent")}
      </strong>
      <ul>
        {entry.unsent.map(({ deviceId, deviceName, waiting, failed, reportedAt }) => (
          <li key={deviceId}>
            {t("map.unsentPhone", {
              phone: deviceName || t("map.aPhone"),
              waiting,
              failed,
              age: ageText(reportedAt, now),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
