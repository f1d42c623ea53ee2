/** A one-time code, shown this once: large, to copy, with what to tell the person. */
import { Button, Modal } from "@mantine/core";
import { formatPhone } from "@tablebanking/common/phone";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import classes from "./People.module.css";
import type { NewCode } from "./people-api";
import { spokenCode } from "./people-words";

export function CodeWindow({ issued, onClose }: { issued: NewCode; onClose: () => void }) {
  const code = spokenCode(issued.code);
  const message = t("people.code.message", {
    address: `${location.origin}/welcome`,
    phone: formatPhone(issued.user.phone),
    code,
    until: momentText(issued.expiresAt),
  });
  // It is not shown again: only the button closes the window, not a slip of the mouse.
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      title={t("people.code.title", { name: issued.user.name })}
      size={560}
      centered
      classNames={{ title: classes.windowTitle }}
    >
      <div className={classes.stack} data-testid="code-window">
        <p className={classes.code} data-testid="code">
          {code}
        </p>
        <p className={classes.plain}>{t("people.code.once")}</p>
        <section className={classes.section}>
          <h3 className={classes.heading}>{t("people.code.tell")}</h3>
          <p className={classes.message} data-testid="code-message">
            {message}
          </p>
          <p className={classes.soft}>{t("people.code.safe")}</p>
        </section>
        <div className={`${classes.actions} ${classes.end}`}>
          <Copy text={issued.code} label={t("people.code.copy")} testId="code-copy" />
          <Copy text={message} label={t("people.code.copyMessage")} testId="code-copy-message" />
          <Button onClick={onClose} data-testid="code-close">
            {t("people.code.done")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Copy({ text, label, testId }: { text: string; label: string; testId: string }) {
  const [state, setState] = useState<"copied" | "failed" | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // Over plain http, or where the browser forbids it: it can still be written down.
      setState("failed");
    }
  };
  const Icon = state === "copied" ? IconCheck : IconCopy;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} aria-hidden />}
      onClick={() => void copy()}
      data-testid={testId}
    >
      <span role="status">{state ? t(`people.code.${state}`) : label}</span>
    </Button>
  );
}
