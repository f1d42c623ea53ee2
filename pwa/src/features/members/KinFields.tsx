import { Button, IconButton } from "../../components/Button";
import { FieldError, TextField } from "../../components/Field";
import { t } from "../../i18n";
import type { KinValues } from "./form";
import styles from "./members.module.css";

interface Props {
  kin: KinValues[];
  errors: Record<number, string> | undefined;
  onChange: (kin: KinValues[]) => void;
}

export function KinFields({ kin, errors, onChange }: Props) {
  const set = (row: number, change: Partial<KinValues>) =>
    onChange(kin.map((person) => (person.row === row ? { ...person, ...change } : person)));
  const add = () => {
    const row = Math.max(-1, ...kin.map((person) => person.row)) + 1;
    onChange([...kin, { row, name: "", relationship: "", phone: "" }]);
  };
  return (
    <div>
      {kin.map((person, i) => (
        <fieldset
          key={person.row}
          className={styles.kin}
          aria-label={t("form.kinNth", { n: i + 1 })}
        >
          <div className={styles.kinHead}>
            <strong>{t("form.kinNth", { n: i + 1 })}</strong>
            <IconButton
              icon="trash"
              label={t("form.kinRemove", { name: person.name || String(i + 1) })}
              onClick={() => onChange(kin.filter((other) => other.row !== person.row))}
            />
          </div>
          <TextField
            label={t("form.kinName")}
            value={person.name}
            maxLength={200}
            onChange={(event) => set(person.row, { name: event.target.value })}
          />
          <TextField
            label={t("form.kinRelationship")}
            value={person.relationship}
            maxLength={100}
            onChange={(event) => set(person.row, { relationship: event.target.value })}
          />
          <TextField
            optional
            label={t("form.kinPhone")}
            type="tel"
            value={person.phone}
            onChange={(event) => set(person.row, { phone: event.target.value })}
          />
          <FieldError id={`kin-${person.row}-error`} error={errors?.[person.row]} />
        </fieldset>
      ))}
      <Button icon="plus" wide onClick={add}>
        {t("form.kinAdd")}
      </Button>
    </div>
  );
}
