/** Cash, M-Pesa or bank, the code of the message, the day, and the meeting that it belongs to. */
import { formatDay } from "@tablebanking/common/dates";
import { TextField } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { Segmented } from "../../components/Segmented";
import { t } from "../../i18n";
import { METHODS } from "../../lib/model";
import { usePrefs } from "../../state/prefs";
import styles from "./loans.module.css";
import type { PayValues } from "./payment";
import type { Payment } from "./use-payment";

export function PayFields({ payment }: { payment: Payment }) {
  const { values, errors, latest, onChange } = payment;
  const set = (change: Partial<PayValues>) => onChange({ ...values, ...change });
  return (
    <>
      <Segmented
        label={t("pad.method")}
        value={values.method}
        onChange={(method) => set({ method })}
        options={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
      />
      {values.method === "MPESA" && (
        <TextField
          optional
          label={t("pad.code")}
          value={values.code}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={(event) => set({ code: event.target.value.toUpperCase() })}
          error={errors.code && t(errors.code)}
        />
      )}
      <TextField
        label={t("receipt.date")}
        type="date"
        max={latest}
        value={values.date}
        onChange={(event) => set({ date: event.target.value })}
        error={errors.date && t(errors.date)}
      />
      <MeetingNote payment={payment} />
    </>
  );
}

/** Nothing is said where no meeting is on. */
function MeetingNote({ payment: { meeting, values } }: { payment: Payment }) {
  const language = usePrefs((state) => state.language);
  if (!meeting) return null;
  const date = formatDay(meeting.date, language);
  const belongs = values.date === meeting.date;
  return (
    <p className={belongs ? styles.meeting : styles.soft} data-testid="at-meeting">
      {belongs && <Icon name="meeting" size={20} />}
      <span>{t(belongs ? "pay.atMeeting" : "pay.notAtMeeting", { date })}</span>
    </p>
  );
}
