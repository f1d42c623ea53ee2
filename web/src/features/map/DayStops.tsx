/** The day in words: what was planned, where the officer stopped, and the money taken there. */
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import { type ReactNode, useEffect, useRef } from "react";
import { PlannedBadge, plannedState } from "../../components/MeetingState";
import { Empty } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { t } from "../../i18n";
import { timeText } from "../../lib/dates";
import classes from "./MapPage.module.css";
import type { Day, Stop, Work } from "./officer-day";

type Props = { day: Day; stop: number | null; onStop: (index: number | null) => void };

export function DayStops({ day, stop, onStop }: Props) {
  const { stops, planned, elsewhere } = day;
  return (
    <div data-testid="officer-day">
      {day.from && day.to && (
        <p className={classes.summary}>
          {t("map.dayFromTo", { from: timeText(day.from), to: timeText(day.to) })}
          {" · "}
          {t("map.kilometres", { count: (day.metres / 1000).toFixed(1) })}
        </p>
      )}
      {day.thinned && <p className={classes.summary}>{t("map.thinned")}</p>}
      {planned.length > 0 && (
        <Part title={t("map.planned")}>
          <ul className={classes.plain} data-testid="day-planned">
            {planned.map((one) => (
              <Planned key={one.group.id} planned={one} date={day.date} onStop={onStop} />
            ))}
          </ul>
        </Part>
      )}
      <Part title={t("map.stops", { count: stops.length })}>
        {stops.length === 0 && (
          <Empty title={t(day.positions === 0 ? "map.trackEmpty" : "map.noStops")} />
        )}
        <ol className={classes.plain} data-testid="day-stops">
          {stops.map((one, index) => (
            <li key={one.from}>
              <StopRow
                stop={one}
                number={index + 1}
                selected={index === stop}
                onChoose={() => onStop(index === stop ? null : index)}
              />
            </li>
          ))}
        </ol>
      </Part>
      {elsewhere.operations > 0 && (
        <Part title={t("map.elsewhere")}>
          <div data-testid="day-elsewhere">
            <WorkLine work={elsewhere} />
          </div>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h4 className={classes.section}>{title}</h4>
      {children}
    </section>
  );
}

type PlannedProps = {
  planned: Day["planned"][number];
  date: string;
  onStop: (index: number) => void;
};

function Planned({ planned: { group, stop, meeting }, date, onStop }: PlannedProps) {
  const state = plannedState(meeting !== null, stop !== null, date);
  return (
    <li className={classes.planned} data-testid="planned-meeting">
      <span>{group.name}</span>
      <PlannedBadge state={state} />
      {stop !== null && (
        <button type="button" className={classes.link} onClick={() => onStop(stop)}>
          {t("map.atStop", { number: stop + 1 })}
        </button>
      )}
    </li>
  );
}

type StopProps = { stop: Stop; number: number; selected: boolean; onChoose: () => void };

function StopRow({ stop, number, selected, onChoose }: StopProps) {
  const button = useRef<HTMLButtonElement>(null);
  // Chosen on the map: bring it into sight here.
  useEffect(() => {
    if (selected) button.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const { group, member, meeting, distance, work } = stop;
  return (
    <button
      ref={button}
      type="button"
      className={classes.stop}
      aria-pressed={selected}
      onClick={onChoose}
      data-testid="day-stop"
    >
      <span className={classes.stopNumber} aria-hidden>
        {number}
      </span>
      <span className={classes.stopText}>
        <strong>{group?.name ?? member?.memberName ?? t("map.stopNowhere")}</strong>
        <span className={classes.soft}>
          {t("map.stopTime", { from: timeText(stop.from), to: timeText(stop.to) })}
          {" · "}
          {duration(stop.seconds)}
        </span>
        {group && member && <span>{t("map.stopMember", { name: member.memberName })}</span>}
        {(group || member) && distance !== null && (
          <span className={classes.soft}>
            {t(group ? "map.fromVenue" : "map.fromHome", { metres: distance })}
          </span>
        )}
        {meeting && <span>{t(`map.meeting.${meeting.status}`)}</span>}
        {work.operations > 0 && <WorkLine work={work} />}
      </span>
    </button>
  );
}

function WorkLine({ work }: { work: Work }) {
  const amount = (decimal: string) => formatMoney(fromDecimal(decimal));
  return (
    <span className={classes.work}>
      <span className={classes.soft}>{t("map.entries", { count: work.operations })}</span>
      {work.moneyIn !== "0.00" && (
        <span className="money">{t("map.moneyIn", { amount: amount(work.moneyIn) })}</span>
      )}
      {work.moneyOut !== "0.00" && (
        <span className="money">{t("map.moneyOut", { amount: amount(work.moneyOut) })}</span>
      )}
      {work.held > 0 && <StatusBadge tone="office" text={t("map.held", { count: work.held })} />}
    </span>
  );
}

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t("map.minutes", { count: minutes });
  return t("map.hoursMinutes", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
