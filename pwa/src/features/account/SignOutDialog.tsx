import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { t } from "../../i18n";
import { unsubscribe } from "../../platform/push";
import { useData } from "../../state/data";
import { pauseDuty } from "../../state/duty";
import { exportOutbox } from "../../state/export";
import { peekRegistration, useBegunRegistration } from "../../state/registration-draft";
import { openStore, signOut, useSession } from "../../state/session";
import { syncNow } from "../../state/sync";
import { isUnsent } from "../../sync/outbox";
import { isUnsentUpload } from "../../sync/upload-box";
import styles from "./account.module.css";

/** Warns about unsent work. It is never thrown away: it stays sealed for the same officer. */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const { operations, uploads, positionsWaiting } = useData();
  const officer = useSession((state) => state.account);
  const begun = useBegunRegistration();
  const [busy, setBusy] = useState(false);
  // What lies at the office is kept too: its receipt is all the officer has.
  const records = operations.filter((row) => isUnsent(row) || row.status === "held").length;
  const count = records + uploads.filter(isUnsentUpload).length + (begun ? 1 : 0);
  const leave = async () => {
    setBusy(true);
    pauseDuty();
    // The server learns it by the sign-out; without signal, by the push service.
    await unsubscribe();
    const half = await peekRegistration(openStore().store);
    await signOut(count + positionsWaiting > 0 || half !== null);
  };
  return (
    <Dialog title={t("account.signOutTitle")} onClose={onClose}>
      {count === 0 ? (
        <p>{t("account.signOutClean")}</p>
      ) : (
        <>
          <p className={styles.warning}>{t("account.signOutUnsent", { count })}</p>
          {begun && (
            <p>
              {begun.name
                ? t("account.signOutBegun", { name: begun.name })
                : t("account.signOutBegunNameless")}
            </p>
          )}
          <Button wide icon="sync" onClick={() => void syncNow(true)}>
            {t("sync.now")}
          </Button>
          <Button wide onClick={() => officer && void exportOutbox(openStore().store, officer)}>
            {t("outbox.export")}
          </Button>
          <p className={styles.soft}>{t("outbox.exportText")}</p>
        </>
      )}
      <Button
        look="danger"
        wide
        disabled={busy}
        onClick={() => void leave()}
        data-testid="sign-out-confirm"
      >
        {t("account.signOutConfirm")}
      </Button>
    </Dialog>
  );
}
