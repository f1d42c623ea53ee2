/** The frame around every page: navigation at the left or in a bar on top, search and account, notices of the server. */
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { Suspense, useState } from "react";
import { Outlet } from "react-router";
import type { AccountFragment, Role } from "../../gen/graphql";
import { t } from "../../i18n";
import { later } from "../../lib/later";
import { placesOf } from "../pages";
import { Navigation } from "./Navigation";
import classes from "./Shell.module.css";
import { TopBar } from "./TopBar";
import { useNotices } from "./use-notices";

const SearchPalette = later(() => import("../../features/search/SearchPalette"));

const NARROW = "(max-width: 768px)";

export function Shell({ user }: { user: AccountFragment }) {
  const [searching, setSearching] = useState(false);
  useHotkeys([["mod+K", () => setSearching(true)]], []);
  useNotices();
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const Frame = narrow ? TopBar : Navigation;
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t("app.skip")}
      </a>
      <Frame user={user} onSearch={() => setSearching(true)} />
      <main id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
      {searching && (
        <Suspense>
          <SearchPalette pages={searched(user.role)} onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}

const searched = (role: Role) =>
  placesOf(role).map(({ path, label }) => ({ path, name: t(label) }));
