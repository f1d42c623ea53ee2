/**
 * A list of rows of different heights inside a screen that scrolls. A short one is drawn whole;
 * of a long one only the rows near the window are in the page, each measured once it was seen.
 */
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Slice, sliceOf } from "../lib/window";

interface Props<T> {
  items: readonly T[];
  label?: string;
  className?: string | undefined;
  /** Of a row that was not measured yet. */
  estimate: number;
  keyOf: (item: T) => string;
  /** The contents of a list item. */
  row: (item: T) => ReactNode;
  classOf?: (item: T) => string | undefined;
}

/** As many as a slow phone draws at once without a pause. */
const WHOLE_UP_TO = 100;
const SPARE = 600;

export function LongList<T>(props: Props<T>) {
  return props.items.length <= WHOLE_UP_TO ? <Whole {...props} /> : <Windowed {...props} />;
}

function Whole<T>({ items, label, className, keyOf, row, classOf }: Props<T>) {
  return (
    <ul className={className} aria-label={label}>
      {items.map((item) => (
        <li key={keyOf(item)} className={classOf?.(item)}>
          {row(item)}
        </li>
      ))}
    </ul>
  );
}

function Windowed<T>({ items, label, className, estimate, keyOf, row, classOf }: Props<T>) {
  const list = useRef<HTMLUListElement>(null);
  const measured = useRef(new Map<string, number>());
  const [slice, setSlice] = useState<Slice>(() => ({
    first: 0,
    end: Math.min(items.length, 30),
    before: 0,
    after: 0,
  }));

  const look = useCallback(() => {
    const scroller = list.current && scrollerOf(list.current);
    if (!list.current || !scroller) return;
    for (const element of list.current.querySelectorAll<HTMLElement>(":scope > [data-key]")) {
      measured.current.set(element.dataset.key ?? "", element.offsetHeight);
    }
    const heights = items.map((item) => measured.current.get(keyOf(item)) ?? estimate);
    const top = scroller.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
    const next = sliceOf(heights, top, scroller.clientHeight, SPARE);
    setSlice((old) => (same(old, next) ? old : next));
  }, [items, keyOf, estimate]);

  // After each drawing, since new rows may be higher than was thought.
  useLayoutEffect(look);
  useEffect(() => {
    const scroller = list.current && scrollerOf(list.current);
    if (!scroller) return;
    scroller.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    return () => {
      scroller.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [look]);

  return (
    <ul
      ref={list}
      className={className}
      aria-label={label}
      style={{ paddingTop: slice.before, paddingBottom: slice.after }}
    >
      {items.slice(slice.first, slice.end).map((item, i) => (
        <li
          key={keyOf(item)}
          data-key={keyOf(item)}
          className={classOf?.(item)}
          aria-setsize={items.length}
          aria-posinset={slice.first + i + 1}
        >
          {row(item)}
        </li>
      ))}
    </ul>
  );
}

const same = (a: Slice, b: Slice) =>
  a.first === b.first && a.end === b.end && a.before === b.before && a.after === b.after;

function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return null;
}
