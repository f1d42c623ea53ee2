/** Which day of all officers is played back, and why there may be nothing to play. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { DateInput } from "../../components/DateInput";
import { t } from "../../i18n";
import { asRequestError, errorText } from "../../lib/error-text";
import classes from "./MapPage.module.css";
import type { useReplay } from "./use-replay";

type Props = {
  day: string;
  onDay: (day: string) => void;
  replay: ReturnType<typeof useReplay>;
};

export function ReplayHead({ day, onDay, replay }: Props) {
  const { query, ways } = replay;
  const words = query.isError
    ? errorText(asRequestError(query.error))
    : query.currentData === undefined
      ? t("state.loading")
      : ways.length === 0
        ? t("map.trackEmpty")
        : t("map.replayCount", { count: ways.length });
  return (
    <div className={classes.replayHead} data-testid="replay-head">
      <DateInput
        label={t("map.day")}
        value={day}
        max={todayInNairobi()}
        onChange={(next) => next && onDay(next)}
        testId="replay-day"
      />
      <p role="status">{words}</p>
    </div>
  );
}
