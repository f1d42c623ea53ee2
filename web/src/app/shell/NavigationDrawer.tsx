import { Drawer } from "@mantine/core";
import type { AccountFragment } from "../../gen/graphql";
import { t } from "../../i18n";
import { Places } from "./Navigation";
import classes from "./Shell.module.css";

type Props = { user: AccountFragment; onClose: () => void };

export default function NavigationDrawer({ user, onClose }: Props) {
  return (
    <Drawer
      opened
      onClose={onClose}
      size={280}
      title={t("app.name")}
      closeButtonProps={{ "aria-label": t("nav.closeMenu") }}
      classNames={{ title: classes.drawerTitle }}
    >
      <nav className={classes.drawerPlaces} aria-label={t("nav.label")}>
        <Places user={user} onGo={onClose} />
      </nav>
    </Drawer>
  );
}
