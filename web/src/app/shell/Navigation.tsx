import { Kbd, Menu, SegmentedControl, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconMap2, IconSearch, IconUserCircle, IconUsersGroup } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { NavLink } from "react-router";
import type { AccountFragment } from "../../gen/graphql";
import { label, t } from "../../i18n";
import { signOut } from "../../lib/session";
import classes from "./Shell.module.css";

type Props = { user: AccountFragment; onSearch: () => void };

export function Navigation({ user, onSearch }: Props) {
  return (
    <nav className={classes.nav} aria-label={t("nav.label")}>
      <img src="/favicon.svg" alt={t("app.name")} width={32} height={32} className={classes.logo} />
      <Place to="/groups" icon={IconUsersGroup} text={t("nav.groups")} />
      <Place to="/map" icon={IconMap2} text={t("nav.map")} />
      <Tooltip label={<SearchHint />} position="right">
        <button type="button" className={classes.place} onClick={onSearch} data-testid="nav-search">
          <IconSearch size={22} stroke={1.6} aria-hidden />
          {t("nav.search")}
        </button>
      </Tooltip>
      <div className={classes.spring} />
      <AccountMenu user={user} />
    </nav>
  );
}

type PlaceProps = {
  to: string;
  icon: ComponentType<{ size: number; stroke: number }>;
  text: string;
};

function Place({ to, icon: Icon, text }: PlaceProps) {
  return (
    <NavLink to={to} className={classes.place}>
      <Icon size={22} stroke={1.6} aria-hidden />
      {text}
    </NavLink>
  );
}

function SearchHint() {
  return (
    <>
      {t("nav.searchHint").replace("(Ctrl+K)", "")} <Kbd size="xs">Ctrl K</Kbd>
    </>
  );
}

function AccountMenu({ user }: { user: AccountFragment }) {
  return (
    <Menu position="right-end" width={240} withinPortal>
      <Menu.Target>
        <button type="button" className={classes.place} data-testid="account-menu">
          <IconUserCircle size={22} stroke={1.6} aria-hidden />
          {t("nav.account")}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{user.name}</strong>
          <span>{label("role", user.role)}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t("nav.appearance")}</Menu.Label>
        <Appearance />
        <Menu.Divider />
        <Menu.Item component="a" href="/graphql" target="_blank">
          {t("nav.api")}
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()} data-testid="sign-out">
          {t("nav.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t("nav.appearance")}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
      data={[
        { value: "light", label: t("nav.light") },
        { value: "dark", label: t("nav.dark") },
        { value: "auto", label: t("nav.auto") },
      ]}
    />
  );
}
