/**
 * Detail beside a list, so that the list never loses its place; Esc closes it. On a phone it covers
 * the page instead: under a long list nobody would see that it opened.
 */
import { ActionIcon, Button, Drawer } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { t } from "../i18n";
import { useOneColumn } from "../lib/use-narrow";
import classes from "./SidePanel.module.css";

type Props = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  testId: string;
  /** Stays in the page on a phone too: beside a map, what it says is shown there. */
  inPlace?: boolean;
};

export function SidePanel(props: Props) {
  const { onClose, inPlace } = props;
  const covers = useOneColumn() && !inPlace;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !dialogIsOpen()) onClose();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [onClose]);
  return covers ? <Sheet {...props} /> : <Beside {...props} />;
}

function Beside({ title, onClose, children, testId }: Props) {
  const panel = useRef<HTMLElement>(null);
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

/** The whole screen, with a way back to the list at its top. */
function Sheet({ title, onClose, children, testId }: Props) {
  return (
    <Drawer.Root
      opened
      onClose={onClose}
      position="right"
      size="100%"
      // Esc in a form over the sheet closes the form alone: see above.
      closeOnEscape={false}
    >
      <Drawer.Content className={classes.sheet} aria-label={title} data-sheet>
        <Drawer.Body className={classes.sheetBody} data-testid={testId}>
          <header className={classes.sheetHead}>
            <Button
              variant="subtle"
              color="gray"
              onClick={onClose}
              leftSection={<IconArrowLeft size={18} aria-hidden />}
              data-testid="sheet-back"
            >
              {t("panel.back")}
            </Button>
          </header>
          <h2 className={classes.title}>{title}</h2>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** Esc in a drawer or the search over the panel closes that one, not the panel. */
function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"]:not([data-sheet])') !== null;
}
