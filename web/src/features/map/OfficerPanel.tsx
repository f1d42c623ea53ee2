import { ActionIcon, TextInput } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatPhone } from "@tablebanking/common/phone";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { SidePanel } from "../../components/SidePanel";
import { Empty, Failed, LoadingRows } from "../../components/States";
import { label, t } from "../../i18n";
import { ageText } from "../../lib/age";
import { timeText } from "../../lib/dates";
import classes from "./MapPage.module.css";
import type { Position, TrackPoint, useTrackQuery } from "./officers-api";

type Props = {
  position: Position;
  now: number;
  day: string;
  onDay: (day: string) => void;
  track: ReturnType<typeof useTrackQuery>;
  moment: number | null;
  onMoment: (index: number | null) => void;
  onClose: () => void;
};

export function OfficerPanel(props: Props) {
  const { position, now, day, onDay, track, moment, onMoment, onClose } = props;
  const points = track.currentData;
  return (
    <SidePanel title={position.officer.user.name} onClose={onClose} testId="officer-panel">
      <dl className={classes.facts}>
        <dt>{t("map.lastActivity")}</dt>
        <dd>
          {label("activity", position.activityType)}, {ageText(position.recordedAt, now)}
        </dd>
        <dt>{t("map.phone")}</dt>
        <dd>{formatPhone(position.officer.phone)}</dd>
        {position.batteryLevel !== null && (
          <>
            <dt>{t("map.batteryName")}</dt>
            <dd>{position.batteryLevel} %</dd>
          </>
        )}
        {position.accuracy !== null && (
          <>
            <dt>{t("map.position")}</dt>
            <dd>{t("map.accuracy", { metres: Math.round(position.accuracy) })}</dd>
          </>
        )}
      </dl>
      <div className={classes.trackHead}>
        <h3 className={classes.section}>{t("map.showTrack")}</h3>
        <TextInput
          type="date"
          size="xs"
          aria-label={t("map.day")}
          value={day}
          max={todayInNairobi()}
          onChange={(event) => onDay(event.currentTarget.value || todayInNairobi())}
          data-testid="track-day"
        />
      </div>
      {!points && track.isError && <Failed error={track.error} retry={track.refetch} />}
      {!points && !track.isError && <LoadingRows />}
      {points?.length === 0 && <Empty title={t("map.trackEmpty")} />}
      {points && points.length > 0 && (
        <>
          <Replay key={day} points={points} moment={moment} onMoment={onMoment} />
          <PointList points={points} moment={moment} onMoment={onMoment} />
        </>
      )}
    </SidePanel>
  );
}

type TrackProps = {
  points: readonly TrackPoint[];
  moment: number | null;
  onMoment: (index: number | null) => void;
};

const STEP_MS = 300;

function Replay({ points, moment, onMoment }: TrackProps) {
  const [playing, setPlaying] = useState(false);
  const last = points.length - 1;
  const at = Math.min(moment ?? last, last);

  useEffect(() => {
    if (!playing) return;
    if (at >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onMoment(at + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last, onMoment]);

  const toggle = () => {
    if (!playing && at >= last) onMoment(0);
    setPlaying(!playing);
  };
  const time = pointTime(points[at]);
  return (
    <div className={classes.replay}>
      <ActionIcon
        variant="default"
        size={32}
        onClick={toggle}
        aria-label={t(playing ? "map.pause" : "map.play")}
        data-testid="track-play"
      >
        {playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
      </ActionIcon>
      <input
        type="range"
        min={0}
        max={last}
        value={at}
        onChange={(event) => onMoment(Number(event.currentTarget.value))}
        aria-label={t("map.replay")}
        aria-valuetext={time}
        data-testid="track-slider"
      />
      <output className={classes.time}>{time}</output>
    </div>
  );
}

function PointList({ points, moment, onMoment }: TrackProps) {
  return (
    <>
      <p className={classes.count}>{t("map.trackPoints", { count: points.length })}</p>
      <ol className={classes.points} data-testid="track-points">
        {points.map((point, index) => (
          <li key={point.recordedAt}>
            <button
              type="button"
              className={classes.point}
              aria-current={moment === index ? "true" : undefined}
              onClick={() => onMoment(index)}
              data-testid="track-point"
            >
              <span className={classes.time}>{pointTime(point)}</span>
              <span>
                {label("activity", point.activityType)}
                {point.member && `: ${point.member.memberName}`}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

/** "14:05": the day stands above. */
function pointTime(point: TrackPoint | undefined): string {
  return point ? timeText(point.recordedAt) : "";
}
