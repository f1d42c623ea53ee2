/** On narrow screens: the menu, where one is, search and account. */
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { useLocation } from "react-router";
import type { AccountFragment } from "../../gen/graphql";
import { t } from "../../i18n";
import { later } from "../../lib/later";
import { placesOf } from "../pages";
import { Account } from "./Account";
import classes from "./Shell.module.css";

const NavigationDrawer = later(() => import("./NavigationDrawer"));

export function TopBar({ user, onSearch }: { user: AccountFragment; onSearch: () => void }) {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const here = placesOf(user.role).find(({ path }) => pathname.startsWith(path));
  return (
    <header className={classes.bar}>
      <button
        type="button"
        className={classes.barButton}
        aria-label={t("nav.menu")}
        aria-expanded={open}
        onClick={() => setOpen(true)}
        data-testid="nav-menu"
      >
        <IconMenu2 size={24} stroke={1.8} aria-hidden />
      </button>
      <span className={classes.here}>{t(here?.label ?? "app.name")}</span>
      <button
        type="button"
        className={classes.barButton}
        aria-label={t("nav.search")}
        onClick={onSearch}
        data-testid="nav-search"
      >
        <IconSearch size={22} stroke={1.8} aria-hidden />
      </button>
      <Account user={user} compact />
      {open && (
        <Suspense>
          <NavigationDrawer user={user} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </header>
  );
}
