import { NativeSelect } from "@mantine/core";
import { useRef } from "react";
import { LiveBadge } from "../../components/LiveBadge";
import { SearchInput } from "../../components/SearchInput";
import { Empty } from "../../components/States";
import { useRowWindow } from "../../components/use-row-window";
import type { ActivityType } from "../../gen/graphql";
import { label, t } from "../../i18n";
import { ageText } from "../../lib/age";
import classes from "./MapPage.module.css";
import { isStale, ringColour } from "./map-style";
import { ACTIVITIES, type OfficerFilter } from "./officer-filter";
import type { Position } from "./officers-api";

type Props = {
  shown: readonly Position[];
  total: number;
  filter: OfficerFilter;
  onFilter: (filter: OfficerFilter) => void;
  selected: string | null;
  onSelect: (officerId: string) => void;
  now: number;
};

const OFFICER_ROW = 56;

/** The map in words: whoever cannot see it, or works by keyboard, misses nothing. */
export function OfficerList(props: Props) {
  const { shown, total, filter, onFilter } = props;
  return (
    <div className={classes.side}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t("map.title")}</h1>
        <LiveBadge />
      </header>
      <div className={classes.filters}>
        <SearchInput
          label={t("map.search")}
          value={filter.text}
          onSearch={(text) => onFilter({ ...filter, text })}
          testId="officer-search"
          delay={0}
        />
        <NativeSelect
          aria-label={t("map.activity")}
          value={filter.activity}
          onChange={(event) =>
            onFilter({ ...filter, activity: event.currentTarget.value as ActivityType | "" })
          }
          data={[
            { value: "", label: t("map.allActivities") },
            ...ACTIVITIES.map((value) => ({ value, label: t(`activity.${value}`) })),
          ]}
          data-testid="officer-activity"
        />
      </div>
      <p className={classes.count} role="status">
        {t("map.count", { count: shown.length })}
      </p>
      <Rows {...props} />
      {total === 0 && <Empty title={t("map.empty")} hint={t("map.emptyHint")} />}
      {total > 0 && shown.length === 0 && <Empty title={t("map.noMatch")} />}
    </div>
  );
}

function Rows({ shown, selected, onSelect, now }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last } = useRowWindow(scroller, shown.length, OFFICER_ROW);
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul
        className={classes.list}
        style={{ height: shown.length * OFFICER_ROW }}
        aria-label={t("map.officers")}
      >
        {shown.slice(first, last + 1).map((position, offset) => (
          <li
            key={position.officer.id}
            style={{ transform: `translateY(${(first + offset) * OFFICER_ROW}px)` }}
            aria-setsize={shown.length}
            aria-posinset={first + offset + 1}
          >
            <OfficerRow
              position={position}
              now={now}
              selected={position.officer.id === selected}
              onSelect={onSelect}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

type RowProps = {
  position: Position;
  now: number;
  selected: boolean;
  onSelect: (officerId: string) => void;
};

function OfficerRow({ position, now, selected, onSelect }: RowProps) {
  const { officer, activityType, batteryLevel, recordedAt } = position;
  const stale = isStale(position, now);
  const age = ageText(recordedAt, now);
  return (
    <button
      type="button"
      className={classes.officer}
      aria-pressed={selected}
      onClick={() => onSelect(officer.id)}
      data-stale={stale || undefined}
      data-testid="officer-row"
      data-id={officer.id}
      data-latitude={position.latitude}
      data-longitude={position.longitude}
    >
      <span
        className={classes.ring}
        style={{ borderColor: ringColour(activityType) }}
        aria-hidden
      />
      <span className={classes.officerName}>{officer.user.name}</span>
      <span className={classes.age}>{stale ? t("map.stale", { age }) : age}</span>
      <span className={classes.doing}>{label("activity", activityType)}</span>
      <span className={classes.battery} data-low={(batteryLevel ?? 100) <= 15 || undefined}>
        {batteryLevel === null
          ? t("map.batteryUnknown")
          : t("map.battery", { level: batteryLevel })}
      </span>
    </button>
  );
}
