/** The frame around every page: navigation at the left, search and account, notices of the server. */
import { useHotkeys } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { Outlet } from "react-router";
import type { AccountFragment } from "../../gen/graphql";
import { t } from "../../i18n";
import { Navigation } from "./Navigation";
import classes from "./Shell.module.css";
import { useNotices } from "./use-notices";

const SearchPalette = lazy(() => import("../../features/search/SearchPalette"));

export function Shell({ user }: { user: AccountFragment }) {
  const [searching, setSearching] = useState(false);
  useHotkeys([["mod+K", () => setSearching(true)]], []);
  useNotices();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t("app.skip")}
      </a>
      <Navigation user={user} onSearch={() => setSearching(true)} />
      <main id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
      {searching && (
        <Suspense>
          <SearchPalette onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}
