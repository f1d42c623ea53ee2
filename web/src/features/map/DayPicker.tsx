/** A day, and the one before and after it. */
import { ActionIcon } from "@mantine/core";
import { addDays, todayInNairobi } from "@tablebanking/common/dates";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { DateInput } from "../../components/DateInput";
import { t } from "../../i18n";
import classes from "./MapPage.module.css";

type Props = { day: string; onDay: (day: string) => void };

export function DayPicker({ day, onDay }: Props) {
  const today = todayInNairobi();
  return (
    <div className={classes.dayHead}>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={t("map.dayBefore")}
        onClick={() => onDay(addDays(day, -1))}
        data-testid="day-before"
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <div className={classes.dayInput}>
        <DateInput
          label={t("map.day")}
          value={day}
          max={today}
          onChange={(next) => next && onDay(next)}
          testId="track-day"
        />
      </div>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={t("map.dayAfter")}
        onClick={() => onDay(addDays(day, 1))}
        disabled={day >= today}
        data-testid="day-after"
      >
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  );
}
