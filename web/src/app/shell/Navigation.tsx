/** The places at the left, with what waits in them; on narrow screens the same stands in a drawer. */
import { Kbd } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { NavLink } from "react-router";
import type { AccountFragment } from "../../gen/graphql";
import { t } from "../../i18n";
import { type Place, placesOf } from "../pages";
import { Account } from "./Account";
import classes from "./Shell.module.css";
import { useWaiting } from "./use-waiting";

type Props = { user: AccountFragment; onSearch: () => void };

export function Navigation({ user, onSearch }: Props) {
  return (
    <nav className={classes.nav} aria-label={t("nav.label")}>
      <div className={classes.brand}>
        <img src="/favicon.svg" alt="" width={28} height={28} />
        <span>{t("app.name")}</span>
      </div>
      <button
        type="button"
        className={classes.search}
        onClick={onSearch}
        title={t("nav.searchHint")}
        data-testid="nav-search"
      >
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span>{t("nav.search")}</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </button>
      <Places user={user} />
      <div className={classes.spring} />
      <Account user={user} />
    </nav>
  );
}

export function Places({ user, onGo }: { user: AccountFragment; onGo?: () => void }) {
  const places = placesOf(user.role);
  const waiting = useWaiting(places);
  return places.map((place) => (
    <PlaceLink
      key={place.path}
      place={place}
      count={place.waits ? waiting[place.waits] : 0}
      onGo={onGo}
    />
  ));
}

type LinkProps = { place: Place; count: number; onGo?: () => void };

function PlaceLink({ place, count, onGo }: LinkProps) {
  const Icon = place.icon;
  return (
    <NavLink to={place.path} className={classes.place} onClick={onGo}>
      <Icon size={20} stroke={1.6} aria-hidden />
      <span className={classes.placeName}>{t(place.label)}</span>
      {count > 0 && (
        <span className={classes.count}>
          <span aria-hidden>{count > 99 ? "99+" : count}</span>
          <span className="visually-hidden">{t("nav.waiting", { count })}</span>
        </span>
      )}
    </NavLink>
  );
}
