/** Detail beside a list, so that the list never loses its place. Esc closes it. */
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { t } from "../i18n";
import classes from "./SidePanel.module.css";

type Props = { title: string; onClose: () => void; children: ReactNode; testId: string };

export function SidePanel({ title, onClose, children, testId }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !dialogIsOpen()) onClose();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [onClose]);

  // On a phone the panel comes under the list: bring it into sight.
  useEffect(() => {
    panel.current?.scrollIntoView({ block: "nearest" });
  }, []);

  return (
    <aside ref={panel} className={classes.panel} aria-label={title} data-testid={testId}>
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t("common.close")}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {children}
    </aside>
  );
}

/** Esc in a drawer or the search over the panel closes that one, not the panel. */
function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}
