import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Screen, Section } from "../../components/Screen";
import { t } from "../../i18n";
import type { Operation } from "../../lib/model";
import { useData } from "../../state/data";
import { exportOutbox } from "../../state/export";
import { openStore, useSession } from "../../state/session";
import { syncNow } from "../../state/sync";
import { heldBack } from "../../sync/chain";
import { isUnsent, needsOfficer } from "../../sync/outbox";
import { OperationRow } from "./OperationRow";
import styles from "./outbox.module.css";

export function OutboxScreen() {
  const { operations, positionsWaiting } = useData();
  const needy = operations.filter(needsOfficer);
  const waiting = operations.filter((row) => row.status === "waiting" || row.status === "sending");
  const held = operations.filter((row) => row.status === "held");
  const done = operations
    .filter((row) => row.status === "saved" || row.status === "removed")
    .sort((a, b) => (b.settledAt ?? 0) - (a.settledAt ?? 0));
  const behind = heldBack(operations);
  const list = (rows: Operation[]) => (
    <ul className={styles.list}>
      {rows.map((operation) => (
        <OperationRow
          key={operation.id}
          operation={operation}
          behind={behind.get(operation.id) ?? null}
        />
      ))}
    </ul>
  );
  return (
    <Screen
      title={t("outbox.title")}
      action={
        <Button icon="sync" onClick={() => void syncNow(true)} data-testid="sync-now">
          {t("sync.now")}
        </Button>
      }
    >
      {operations.length === 0 && positionsWaiting === 0 && (
        <p className={styles.soft}>{t("outbox.empty")}</p>
      )}
      {needy.length > 0 && <Section title={t("outbox.needsYou")}>{list(needy)}</Section>}
      {(waiting.length > 0 || positionsWaiting > 0) && (
        <Section title={t("outbox.waiting")}>
          {list(waiting)}
          {positionsWaiting > 0 && (
            <p className={styles.soft}>{t("today.positions", { count: positionsWaiting })}</p>
          )}
        </Section>
      )}
      {held.length > 0 && <Section title={t("outbox.office")}>{list(held)}</Section>}
      {operations.some(isUnsent) && <ExportButton />}
      {done.length > 0 && <Section title={t("outbox.done")}>{list(done)}</Section>}
    </Screen>
  );
}

function ExportButton() {
  const [asking, setAsking] = useState(false);
  const officer = useSession((state) => state.account?.name ?? "");
  return (
    <>
      <Button wide onClick={() => setAsking(true)} data-testid="outbox-export">
        {t("outbox.export")}
      </Button>
      {asking && (
        <Dialog title={t("outbox.exportTitle")} onClose={() => setAsking(false)}>
          <p>{t("outbox.exportText")}</p>
          <Button
            look="primary"
            wide
            onClick={() => {
              setAsking(false);
              void exportOutbox(openStore().store, officer);
            }}
          >
            {t("outbox.exportConfirm")}
          </Button>
        </Dialog>
      )}
    </>
  );
}
