/**
 * A long list of rows of one height: only those near the window are in the page. A place keeps its
 * elements when another item comes to it, which is what makes a search fast: rows hold no state.
 */
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import styles from "./VirtualList.module.css";

interface Props<T> {
  items: readonly T[];
  rowHeight: number;
  label: string;
  row: (item: T) => ReactNode;
}

const SPARE_ROWS = 3;

export function VirtualList<T>({ items, rowHeight, label, row }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const read = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, []);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - SPARE_ROWS);
  const last = Math.ceil((view.top + view.height) / rowHeight) + SPARE_ROWS;
  const shown = items.slice(first, last);
  return (
    <div ref={box} className={styles.box}>
      <ul aria-label={label} style={{ height: items.length * rowHeight }} className={styles.list}>
        {shown.map((item, i) => (
          <li
            key={first + i}
            aria-setsize={items.length}
            aria-posinset={first + i + 1}
            className={styles.row}
            style={{ height: rowHeight, transform: `translateY(${(first + i) * rowHeight}px)` }}
          >
            {row(item)}
          </li>
        ))}
      </ul>
    </div>
  );
}
