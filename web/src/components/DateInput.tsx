/** A Kenyan date. The browser's own field would follow the browser's language, not the app's. */
import { TextInput } from "@mantine/core";
import type { IsoDate } from "@tablebanking/common/dates";
import { useEffect, useState } from "react";
import { t } from "../i18n";
import { plainDate } from "../lib/dates";
import { fromTyped, toTyped } from "./date-text";

type Props = {
  label?: string;
  /** YYYY-MM-DD, or "" for none. */
  value: IsoDate;
  onChange: (value: IsoDate) => void;
  min?: IsoDate;
  max?: IsoDate;
  error?: string;
  description?: string;
  testId?: string;
  /** A filter keeps its value while another date is typed; a form must not. */
  keep?: boolean;
  /** Beside a visible label of its own. */
  size?: "xs";
  id?: string;
  "aria-label"?: string;
};

export function DateInput(props: Props) {
  const { value, onChange, min, max, error, testId, keep, ...rest } = props;
  const [text, setText] = useState(() => toTyped(value));
  const [wrong, setWrong] = useState<string | null>(null);
  // Set from outside (a form that empties itself): shown, unless it is what was typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new value counts
  useEffect(() => {
    if (value !== (fromTyped(text) ?? "")) setText(toTyped(value));
  }, [value]);

  const type = (next: string) => {
    setText(next);
    setWrong(null);
    const date = fromTyped(next);
    if (date && !outside(date, min, max)) onChange(date);
    // Half a date is no date: the form must not send the one from before.
    else if (!keep || next.trim() === "") onChange("");
  };
  const leave = () => {
    const date = fromTyped(text);
    if (date) setText(toTyped(date));
    setWrong(text.trim() === "" ? null : date ? outside(date, min, max) : t("dateInput.wrong"));
  };
  return (
    <TextInput
      {...rest}
      w={rest.size === "xs" ? 140 : undefined}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={leave}
      placeholder={t("dateInput.pattern")}
      inputMode="numeric"
      autoComplete="off"
      error={wrong ?? error}
      data-testid={testId}
    />
  );
}

function outside(date: IsoDate, min?: IsoDate, max?: IsoDate): string | null {
  if (min && date < min) return t("dateInput.early", { date: plainDate(min) });
  if (max && date > max) return t("dateInput.late", { date: plainDate(max) });
  return null;
}
