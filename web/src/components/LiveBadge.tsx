import { Tooltip } from "@mantine/core";
import { IconCircleFilled, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import { t } from "../i18n";
import { useLiveStatus } from "../lib/live-status";
import classes from "./LiveBadge.module.css";

const ICONS = {
  live: IconCircleFilled,
  reconnecting: IconRefresh,
  offline: IconPlugConnectedX,
} as const;

/** Whether changes arrive by themselves, in a word, an icon and a colour. */
export function LiveBadge() {
  const status = useLiveStatus();
  const Icon = ICONS[status];
  return (
    <Tooltip label={t(`live.${status}Hint`)} events={{ hover: true, focus: true, touch: true }}>
      <span className={classes.badge} data-status={status} data-testid="live-state" role="status">
        <Icon size={status === "live" ? 10 : 14} aria-hidden />
        {t(`live.${status}`)}
      </span>
    </Tooltip>
  );
}
