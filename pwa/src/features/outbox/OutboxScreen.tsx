import { Button } from "../../components/Button";
import { Screen, Section } from "../../components/Screen";
import { UploadList } from "../../components/UploadList";
import { t } from "../../i18n";
import type { Operation } from "../../lib/model";
import { sendAllAgain } from "../../state/actions";
import { useData } from "../../state/data";
import { syncNow } from "../../state/sync";
import { whatHoldsBack } from "../../state/words";
import { isUnsent, needsOfficer } from "../../sync/outbox";
import { isUnsentUpload } from "../../sync/upload-box";
import { canPass } from "./again";
import { FromOffice } from "./FromOffice";
import { OperationList } from "./OperationList";
import styles from "./outbox.module.css";
import { Progress } from "./Progress";
import { SafeElsewhere } from "./SafeElsewhere";

export function OutboxScreen() {
  const { operations, uploads, positionsWaiting } = useData();
  const needy = operations.filter(needsOfficer);
  const waiting = operations.filter((row) => row.status === "waiting" || row.status === "sending");
  const held = operations.filter((row) => row.status === "held");
  const done = operations
    .filter((row) => row.status === "saved" || row.status === "removed")
    .sort((a, b) => (b.settledAt ?? 0) - (a.settledAt ?? 0));
  const behind = whatHoldsBack(operations, uploads);
  const list = (rows: Operation[]) => <OperationList operations={rows} behind={behind} />;
  return (
    <Screen
      title={t("outbox.title")}
      action={
        <Button icon="sync" onClick={() => void syncNow(true)} data-testid="sync-now">
          {t("sync.now")}
        </Button>
      }
    >
      <Progress />
      {operations.length === 0 && positionsWaiting === 0 && uploads.length === 0 && (
        <p className={styles.soft}>{t("outbox.empty")}</p>
      )}
      {needy.length > 0 && (
        <Section title={t("outbox.needsYou")}>
          <AllAgain needy={needy} />
          {list(needy)}
        </Section>
      )}
      {(waiting.length > 0 || positionsWaiting > 0) && (
        <Section title={t("outbox.waiting")}>
          {list(waiting)}
          {positionsWaiting > 0 && (
            <p className={styles.soft}>{t("today.positions", { count: positionsWaiting })}</p>
          )}
        </Section>
      )}
      <UploadList />
      {held.length > 0 && <Section title={t("outbox.office")}>{list(held)}</Section>}
      <FromOffice />
      <SafeElsewhere unsent={operations.some(isUnsent) || uploads.some(isUnsentUpload)} />
      {done.length > 0 && <Section title={t("outbox.done")}>{list(done)}</Section>}
    </Screen>
  );
}

/** A clash is decided one by one; whatever else was refused may simply be tried once more. */
function AllAgain({ needy }: { needy: Operation[] }) {
  const again = needy.filter((row) => row.status !== "conflict" && canPass(row));
  if (again.length < 2) return null;
  return (
    <Button
      wide
      icon="sync"
      onClick={() => void sendAllAgain(again)}
      data-testid="outbox-all-again"
    >
      {t("outbox.allAgain", { count: again.length })}
    </Button>
  );
}
