import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleMinus,
  IconClock,
  IconEye,
} from "@tabler/icons-react";
import classes from "./StatusBadge.module.css";

/** Done and well; waits for something; needs somebody; with the office; over. */
export type Tone = "good" | "waiting" | "wrong" | "office" | "quiet";

const ICONS = {
  good: IconCircleCheck,
  waiting: IconClock,
  wrong: IconAlertCircle,
  office: IconEye,
  quiet: IconCircleMinus,
} as const;

/** A state by icon, word and colour, never by colour alone. */
export function StatusBadge({ tone, text, testId }: { tone: Tone; text: string; testId?: string }) {
  const Icon = ICONS[tone];
  return (
    <span className={classes.badge} data-tone={tone} data-testid={testId}>
      <Icon size={14} stroke={2} aria-hidden />
      {text}
    </span>
  );
}
