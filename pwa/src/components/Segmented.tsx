/** One of a few, as a row of buttons: radio buttons to a screen reader and to the keyboard. */
import { type RefObject, useCallback, useEffect, useId, useRef, useState } from "react";
import { t } from "../i18n";
import { Icon } from "./Icon";
import styles from "./Segmented.module.css";

interface Props<T extends string> {
  label: string;
  options: readonly { value: T; label: string; lang?: string }[];
  value: T;
  onChange: (value: T) => void;
  /** The row may be wider than the screen; then it says that more follow. */
  scroll?: boolean;
}

export function Segmented<T extends string>(props: Props<T>) {
  return props.scroll ? <Scrolled {...props} /> : <Row {...props} />;
}

function Row<T extends string>({
  label,
  options,
  value,
  onChange,
  box,
}: Props<T> & { box?: RefObject<HTMLFieldSetElement | null> }) {
  const name = useId();
  return (
    <fieldset ref={box} className={box ? styles.scroll : styles.group} aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span lang={option.lang}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Fades where it is cut off, with an arrow to what follows. */
function Scrolled<T extends string>(props: Props<T>) {
  const box = useRef<HTMLFieldSetElement>(null);
  const { before, behind } = useCutOff(box, props.options.map(({ label }) => label).join());
  const { value } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one was chosen
  useEffect(() => {
    const chosen = box.current?.querySelector("input:checked");
    chosen?.closest("label")?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [value]);
  const go = () => {
    const row = box.current;
    if (row) row.scrollLeft = behind ? row.scrollLeft + row.clientWidth * 0.7 : 0;
  };
  return (
    <div className={styles.frame} data-before={before} data-behind={behind}>
      <Row {...props} box={box} />
      {(before || behind) && (
        <button
          type="button"
          className={styles.more}
          aria-label={t(behind ? "segmented.more" : "segmented.back")}
          onClick={go}
        >
          <Icon name={behind ? "forward" : "back"} size={20} />
        </button>
      )}
    </div>
  );
}

/** On which sides something of the row is out of sight. */
function useCutOff(box: RefObject<HTMLElement | null>, content: string) {
  const [cut, setCut] = useState({ before: false, behind: false });
  const look = useCallback(() => {
    const row = box.current;
    if (!row) return;
    const before = row.scrollLeft > 1;
    const behind = row.scrollLeft + row.clientWidth < row.scrollWidth - 1;
    setCut((old) => (old.before === before && old.behind === behind ? old : { before, behind }));
  }, [box]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words are as wide as they are
  useEffect(() => {
    const row = box.current;
    if (!row) return;
    look();
    const size = new ResizeObserver(look);
    size.observe(row);
    row.addEventListener("scroll", look, { passive: true });
    return () => {
      size.disconnect();
      row.removeEventListener("scroll", look);
    };
  }, [box, look, content]);
  return cut;
}
