/** Two people changed the same field: both values side by side, and a choice for each. */
import { Button, Group, Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { t } from "../i18n";
import classes from "./ConflictDialog.module.css";

export type Clash = {
  field: string;
  label: string;
  yours: string;
  theirs: string;
};

export type Choice = "yours" | "theirs";

type Props = {
  clashes: readonly Clash[];
  busy: boolean;
  /** What was decided for each field. Nothing is saved before. */
  onDecide: (choices: Readonly<Record<string, Choice>>) => void;
  onClose: () => void;
};

export function ConflictDialog({ clashes, busy, onDecide, onClose }: Props) {
  const [choices, setChoices] = useState<Record<string, Choice>>(() =>
    Object.fromEntries(clashes.map(({ field }) => [field, "theirs" as const])),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("conflict.title")}
      size={560}
      centered
      zIndex={300}
      closeButtonProps={{ "aria-label": t("common.close") }}
      classNames={{ title: classes.title }}
    >
      <div className={classes.body} data-testid="conflict">
        <p className={classes.text}>{t("conflict.text")}</p>
        {clashes.map(({ field, label, yours, theirs }) => (
          <section key={field} className={classes.clash} aria-label={label}>
            <h3 className={classes.label}>{label}</h3>
            <dl className={classes.values}>
              <div>
                <dt>{t("conflict.theirs")}</dt>
                <dd data-testid={`conflict-theirs-${field}`}>{theirs || t("conflict.empty")}</dd>
              </div>
              <div>
                <dt>{t("conflict.yours")}</dt>
                <dd data-testid={`conflict-yours-${field}`}>{yours || t("conflict.empty")}</dd>
              </div>
            </dl>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={label}
              value={choices[field]}
              onChange={(choice) => setChoices({ ...choices, [field]: choice as Choice })}
              data={[
                { value: "theirs", label: t("conflict.keepTheirs") },
                { value: "yours", label: t("conflict.keepYours") },
              ]}
              data-testid={`conflict-${field}`}
            />
          </section>
        ))}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("confirm.back")}
          </Button>
          <Button loading={busy} onClick={() => onDecide(choices)} data-testid="conflict-decide">
            {t("conflict.decide")}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
