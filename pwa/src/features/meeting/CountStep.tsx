import { formatMoney } from "@tablebanking/common/money";
import { useState } from "react";
import { Button } from "../../components/Button";
import { FieldError } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { useData } from "../../state/data";
import { useDraft } from "../../state/draft";
import { closeMeeting, sheetDraft } from "../../state/meeting-actions";
import {
  countRoll,
  entriesOf,
  type ListedMeeting,
  reckon,
  rollOf,
  useCash,
  useGroupMembers,
} from "../../state/meetings";
import { bankProblem, readBanked } from "./BankStep";
import { countOf, differs, shillings } from "./count";
import { Pieces } from "./Pieces";
import { ReckoningList } from "./ReckoningList";
import { Foot, StepFrame } from "./StepFrame";
import { type Draft, readDraft } from "./sheet";
import styles from "./step.module.css";
import { pathOf } from "./steps";
import { useCloseDraft } from "./use-step";

const NO_CELLS: Draft = {};

/** The notes and coins against the books; what differs is explained; then it is closed. */
export function CountStep({ meeting }: { meeting: ListedMeeting }) {
  const draft = useCloseDraft(meeting.id);
  const sheet = useDraft<Draft>(sheetDraft(meeting.groupId, meeting.id), NO_CELLS);
  const close = useClosing(meeting, draft.value.banked);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { note, pieces, resolutions } = draft.value;
  const { counted, problem } = countOf(pieces);
  const { expected } = close.reckoning;
  const noteMissing = counted !== expected && note.trim() === "";
  const unsaved = hasUnsaved(sheet.value);
  const blocked = noteMissing || problem !== null || close.bankWrong !== null || unsaved;

  if (!draft.ready || !sheet.ready) {
    // Never a figure without what goes to the bank.
    return (
      <StepFrame meeting={meeting} step="count" foot={null}>
        {null}
      </StepFrame>
    );
  }

  const finish = async () => {
    setTried(true);
    if (blocked || busy) return;
    setBusy(true);
    try {
      await draft.written();
      const denominations = shillings(pieces);
      await closeMeeting(meeting, {
        ...close,
        counted,
        denominations,
        varianceNote: counted === expected ? "" : note,
        resolutions,
      });
      navigate(pathOf(meeting.id, "minutes"), { replace: true });
    } finally {
      setBusy(false);
    }
  };

  return (
    <StepFrame
      meeting={meeting}
      step="count"
      foot={
        <Foot label={t("count.expected")} amount={expected}>
          <Button
            look="primary"
            wide
            disabled={busy}
            onClick={() => void finish()}
            data-testid="close-meeting"
          >
            {t("count.close")}
          </Button>
        </Foot>
      }
    >
      {unsaved && <Unsaved meetingId={meeting.id} />}
      <FieldError id="bank-problem" error={close.bankWrong} />
      <p className={styles.soft}>{t("count.empty")}</p>
      <Pieces
        pieces={pieces}
        onChange={(value, text) =>
          draft.set((old) => ({ ...old, pieces: { ...old.pieces, [value]: text } }))
        }
      />
      <Outcome counted={counted} expected={expected} />
      {counted !== expected && (
        <label className={styles.form}>
          <strong>{t("count.why")}</strong>
          <textarea
            className={styles.text}
            maxLength={500}
            value={note}
            aria-invalid={tried && noteMissing}
            aria-describedby="note-problem"
            onChange={(event) => draft.set((old) => ({ ...old, note: event.target.value }))}
            data-testid="variance-note"
          />
          <FieldError
            id="note-problem"
            error={tried && noteMissing ? t("count.whyMissing") : null}
          />
        </label>
      )}
      <label className={styles.form}>
        <strong>
          {t("count.resolutions")} <span className={styles.soft}>({t("field.optional")})</span>
        </strong>
        <textarea
          className={styles.text}
          maxLength={4000}
          value={resolutions}
          onChange={(event) => draft.set((old) => ({ ...old, resolutions: event.target.value }))}
          data-testid="resolutions"
        />
      </label>
      <details>
        <summary className={styles.summary}>{t("count.how")}</summary>
        <ReckoningList {...close.reckoning} />
      </details>
    </StepFrame>
  );
}

/** Everything the close says besides the count. */
function useClosing(meeting: ListedMeeting, bankedText: string) {
  const cash = useCash(meeting.groupId);
  const operations = useData((state) => state.operations);
  const members = rollOf(useGroupMembers(meeting.groupId), meeting.attendance);
  const banked = readBanked(bankedText);
  const entries = entriesOf(operations, meeting.id);
  const ids = members.map((member) => member.id);
  return {
    roll: countRoll(ids, meeting.attendance, meeting.quorum),
    entries,
    reckoning: reckon(meeting, entries, cash, banked ?? 0),
    bankWrong: bankProblem(banked, cash),
  };
}

function hasUnsaved(sheet: Draft): boolean {
  const { payments, problem } = readDraft(sheet);
  return payments.length > 0 || problem !== null;
}

function Unsaved({ meetingId }: { meetingId: string }) {
  return (
    <div className={styles.warning} role="alert">
      <Icon name="alert" size={20} />
      <span>
        {t("count.unsaved")}{" "}
        <Button onClick={() => navigate(pathOf(meetingId, "collect"))}>{t("count.toSheet")}</Button>
      </span>
    </div>
  );
}

function Outcome({ counted, expected }: { counted: number; expected: number }) {
  const words = differs(counted, expected);
  return (
    <div role="status" data-testid="count-outcome">
      <p className={styles.soft}>{t("count.counted")}</p>
      <p className={styles.big}>{formatMoney(counted)}</p>
      <p className={counted === expected ? styles.agrees : styles.differs}>
        <Icon name={counted === expected ? "check" : "alert"} size={20} /> {words}
      </p>
    </div>
  );
}
