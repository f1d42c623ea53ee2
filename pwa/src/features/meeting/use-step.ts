/** What is typed for the close, and the step to go on with after a break. */
import { useDraft } from "../../state/draft";
import { meetingDraft, stepDraft } from "../../state/meeting-actions";
import { openStore } from "../../state/session";
import { loadDraft, saveDraft } from "../../store/user-store";
import { isStep, type Step } from "./steps";

export interface CloseDraft {
  banked: string;
  /** Pieces as typed, by the note's or coin's cents. */
  pieces: Record<string, string>;
  note: string;
  resolutions: string;
}

export const BLANK_CLOSE: CloseDraft = { banked: "", pieces: {}, note: "", resolutions: "" };

export const useCloseDraft = (meetingId: string) =>
  useDraft<CloseDraft>(meetingDraft(meetingId), BLANK_CLOSE);

export async function keepStep(meetingId: string, step: Step): Promise<void> {
  await saveDraft(openStore().store, stepDraft(meetingId), step);
}

export async function keptStep(meetingId: string): Promise<Step> {
  const kept = await loadDraft<string>(openStore().store, stepDraft(meetingId));
  return kept && isStep(kept) && kept !== "minutes" ? kept : "attendance";
}
