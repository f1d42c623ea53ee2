/** "Leave without saving?" for a form whose values differ from what is saved. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { t } from "../i18n";

type Guard = { close: () => void; question: ReactNode };

/** Call `close` instead of `onClose`, and render `question`. */
export function useCloseGuard(dirty: boolean, onClose: () => void): Guard {
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);
  const question = asking && <Question onStay={() => setAsking(false)} onLeave={onClose} />;
  return { close: () => (dirty ? setAsking(true) : onClose()), question };
}

function Question({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  return (
    <Modal
      opened
      onClose={onStay}
      title={t("unsaved.title")}
      size={400}
      centered
      zIndex={400}
      closeButtonProps={{ "aria-label": t("unsaved.stay") }}
    >
      <Text size="sm" mb="md" data-testid="unsaved">
        {t("unsaved.text")}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onLeave} data-testid="unsaved-leave">
          {t("unsaved.leave")}
        </Button>
        <Button onClick={onStay} data-autofocus data-testid="unsaved-stay">
          {t("unsaved.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
