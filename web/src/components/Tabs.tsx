import { NavLink } from "react-router";
import classes from "./Tabs.module.css";

export type Tab = { to: string; text: string; count?: number; exact?: boolean };

/** Parts of a page, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(({ to, text, count, exact }) => (
        <NavLink key={to} to={to} end={exact} className={classes.tab}>
          {text}
          {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
        </NavLink>
      ))}
    </nav>
  );
}
