/** The steps of a meeting, in the order of the paper book. */
import type { Key } from "../../i18n";

export const STEPS = [
  "attendance",
  "collect",
  "loans",
  "other",
  "bank",
  "count",
  "minutes",
] as const;
export type Step = (typeof STEPS)[number];

export const isStep = (text: string): text is Step => STEPS.includes(text as Step);

export const stepWord = (step: Step): Key => `step.${step}`;

export const pathOf = (meetingId: string, step: Step) => `/meetings/${meetingId}/${step}`;

export const nextStep = (step: Step): Step =>
  STEPS[Math.min(STEPS.indexOf(step) + 1, STEPS.length - 1)] ?? "minutes";
