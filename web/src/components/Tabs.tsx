import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import classes from "./Tabs.module.css";

export type Tab = { to: string; text: string; count?: number; exact?: boolean };

/** Parts of a page, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const list = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the open one may lie beyond the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address, another tab
  useEffect(() => {
    const open = list.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (list.current && open) list.current.scrollLeft = open.offsetLeft - 16;
  }, [pathname]);
  return (
    <nav ref={list} className={classes.tabs} aria-label={label}>
      {tabs.map(({ to, text, count, exact }) => (
        <NavLink key={to} to={to} end={exact} className={classes.tab}>
          {text}
          {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
        </NavLink>
      ))}
    </nav>
  );
}
