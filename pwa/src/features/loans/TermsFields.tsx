/** Type, amount and months of a loan: the same for the calculator and the application. */
import { MONTHS } from "@tablebanking/common/loans";
import { TextField } from "../../components/Field";
import { Segmented } from "../../components/Segmented";
import { t } from "../../i18n";
import styles from "./loans.module.css";
import { type TermsErrors, type TermsValues, withType } from "./terms";

const TYPES = ["SHORT_TERM", "LONG_TERM", "PROJECT"] as const;

interface Props {
  values: TermsValues;
  errors: TermsErrors;
  onChange: (values: TermsValues) => void;
}

export function TermsFields({ values, errors, onChange }: Props) {
  const set = (change: Partial<TermsValues>) => onChange({ ...values, ...change });
  const [least, most] = MONTHS[values.loanType];
  return (
    <div className={styles.form}>
      <Segmented
        scroll
        label={t("loan.type")}
        value={values.loanType}
        onChange={(loanType) => onChange(withType(values, loanType))}
        options={TYPES.map((value) => ({ value, label: t(`loanType.${value}`) }))}
      />
      <TextField
        label={`${t("loan.amount")} (KES)`}
        className={styles.amountInput ?? ""}
        inputMode="decimal"
        autoComplete="off"
        value={values.amount}
        onChange={(event) => set({ amount: event.target.value })}
        error={errors.amount && t(errors.amount)}
      />
      <div className={`${styles.pair} ${styles.fields}`}>
        <TextField
          label={t("loan.months", { least, most })}
          inputMode="numeric"
          autoComplete="off"
          value={values.months}
          onChange={(event) => set({ months: event.target.value })}
          error={errors.months && t(errors.months)}
        />
        {values.loanType === "PROJECT" && (
          <TextField
            label={t("loan.grace")}
            inputMode="numeric"
            autoComplete="off"
            value={values.grace}
            onChange={(event) => set({ grace: event.target.value })}
            error={errors.grace && t(errors.grace)}
          />
        )}
      </div>
    </div>
  );
}
