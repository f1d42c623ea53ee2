import { Menu, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { IconUserCircle } from "@tabler/icons-react";
import { Link } from "react-router";
import { LanguageSwitch } from "../../components/LanguageSwitch";
import type { AccountFragment } from "../../gen/graphql";
import { label, t } from "../../i18n";
import { signOut } from "../../lib/session";
import classes from "./Shell.module.css";

/** Who is signed in, and what belongs to this person on this device. */
export default function AccountMenu({
  user,
  compact,
}: {
  user: AccountFragment;
  compact?: boolean;
}) {
  return (
    <Menu position={compact ? "bottom-end" : "right-end"} width={260} withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={compact ? classes.barButton : classes.place}
          aria-label={compact ? t("nav.account") : undefined}
          data-testid="account-menu"
        >
          <IconUserCircle size={compact ? 24 : 20} stroke={1.6} aria-hidden />
          {!compact && t("nav.account")}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{user.name}</strong>
          <span>{label("role", user.role)}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t("nav.language")}</Menu.Label>
        <LanguageSwitch />
        <Menu.Label>{t("nav.appearance")}</Menu.Label>
        <Appearance />
        <Menu.Divider />
        <Menu.Item component={Link} to="/account/sign-ins" data-testid="own-sign-ins">
          {t("nav.signIns")}
        </Menu.Item>
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
      data-testid="appearance"
    />
  );
}
