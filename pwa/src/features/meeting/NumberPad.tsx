/** A pad of our own: large keys, no jumping keyboard, the usual amount as one touch. */
import { type Cents, formatMoney } from "@tablebanking/common/money";
import { IconButton } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Segmented } from "../../components/Segmented";
import { t } from "../../i18n";
import { METHODS } from "../../lib/model";
import styles from "./pad.module.css";
import type { Cell } from "./sheet";

interface Props {
  cell: Cell;
  usual: Cents | null;
  onKey: (key: string) => void;
  onDelete: () => void;
  onChange: (change: Partial<Cell>) => void;
  onNext: () => void;
  /** The usual amount, and on to the next member. */
  onUsual: () => void;
  onClose: () => void;
}

const ROWS = [
  ["1", "2", "3"],
  ["4", "5", "6"],
  ["7", "8", "9"],
  [".", "0", "00"],
] as const;

export function NumberPad(props: Props) {
  const { cell, usual, onKey, onDelete, onChange, onNext, onUsual, onClose } = props;
  return (
    // The amount keeps the focus: a touch on a key must not take it away.
    <section
      className={styles.pad}
      aria-label={t("pad.label")}
      onMouseDown={(event) => {
        if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
      }}
    >
      <div className={styles.methods}>
        <Segmented
          label={t("pad.method")}
          value={cell.method}
          onChange={(method) => onChange({ method })}
          options={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
        />
        <IconButton icon="close" label={t("pad.close")} onClick={onClose} />
      </div>
      {cell.method === "MPESA" && (
        <input
          className={styles.code}
          aria-label={t("pad.code")}
          placeholder={t("pad.code")}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck="false"
          maxLength={12}
          value={cell.code}
          onChange={(event) => onChange({ code: event.target.value.toUpperCase() })}
        />
      )}
      <div className={styles.keys}>
        <div className={styles.digits}>
          {ROWS.flat().map((key) => (
            <button key={key} type="button" className={styles.key} onClick={() => onKey(key)}>
              {key}
            </button>
          ))}
        </div>
        <div className={styles.side}>
          <button
            type="button"
            className={styles.key}
            aria-label={t("pad.delete")}
            onClick={onDelete}
          >
            <Icon name="erase" />
          </button>
          <button
            type="button"
            className={styles.usual}
            disabled={usual === null}
            data-testid="pad-usual"
            onClick={onUsual}
          >
            {usual === null ? "–" : t("pad.usual", { amount: formatMoney(usual) })}
          </button>
          <button type="button" className={styles.next} onClick={onNext} data-testid="pad-next">
            {t("pad.next")}
          </button>
        </div>
      </div>
    </section>
  );
}
