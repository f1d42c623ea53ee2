import { DENOMINATIONS, NOTES } from "@tablebanking/common/cash";
import { formatMoney } from "@tablebanking/common/money";
import { useRef } from "react";
import { t } from "../../i18n";
import { readPieces } from "./count";
import styles from "./pieces.module.css";

interface Props {
  pieces: Readonly<Record<string, string>>;
  onChange: (value: number, text: string) => void;
}

/** Notes and coins, the largest first: how many of each, and what they come to. */
export function Pieces({ pieces, onChange }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const next = (input: HTMLInputElement) => {
    const all = [...(list.current?.querySelectorAll("input") ?? [])];
    const following = all[all.indexOf(input) + 1];
    if (following) following.focus();
    else input.blur();
  };
  return (
    <ul className={styles.pieces} ref={list}>
      {DENOMINATIONS.map((value) => {
        const text = pieces[value] ?? "";
        const number = readPieces(text);
        const shown = String(value / 100);
        return (
          <li key={value} className={styles.row}>
            <span className={styles.value}>
              {formatMoney(value).replace(".00", "")}
              <span className={styles.kind}>
                {t(NOTES.includes(value) ? "count.note" : "count.coin")}
              </span>
            </span>
            <span aria-hidden="true">×</span>
            <input
              className={styles.input}
              inputMode="numeric"
              autoComplete="off"
              enterKeyHint="next"
              maxLength={5}
              value={text}
              aria-label={t("count.of", { value: shown })}
              aria-invalid={number === null}
              onChange={(event) => onChange(value, event.target.value.replace(/\D/g, ""))}
              onFocus={(event) => event.target.select()}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                next(event.currentTarget);
              }}
            />
            <span className={styles.sum}>{number ? formatMoney(number * value) : "–"}</span>
          </li>
        );
      })}
    </ul>
  );
}
