import { formatMoney } from "@tablebanking/common/money";
import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import { unsubscribe } from "../../platform/push";
import { useData } from "../../state/data";
import { pauseDuty } from "../../state/duty";
import { exportOutbox } from "../../state/export";
import { type HalfTyped, peekHalfTyped, useHalfTyped } from "../../state/half-typed";
import { openStore, signOut, useSession } from "../../state/session";
import { syncNow } from "../../state/sync";
import { listSigners } from "../../store/signers";
import { isUnsent } from "../../sync/outbox";
import { isUnsentUpload } from "../../sync/upload-box";
import styles from "./account.module.css";

/** Warns about unsent work. It is never thrown away: it stays sealed for the same officer. */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const { operations, uploads, positionsWaiting } = useData();
  const half = useHalfTyped();
  const [busy, setBusy] = useState(false);
  // What lies at the office is kept too: its receipt is all the officer has.
  const records = operations.filter((row) => isUnsent(row) || row.status === "held").length;
  const count = records + uploads.filter(isUnsentUpload).length;
  const leave = async () => {
    setBusy(true);
    pauseDuty();
    // The server learns it by the sign-out; without signal, by the push service.
    await unsubscribe();
    const typed = await peekHalfTyped(openStore().store);
    await signOut(count + positionsWaiting + typed.length > 0);
  };
  return (
    <Dialog title={t("account.signOutTitle")} onClose={onClose}>
      {half && half.length > 0 && <HalfTypedWarning half={half} />}
      {count > 0 && <UnsentWarning count={count} />}
      {half?.length === 0 && count === 0 && <Clean />}
      <Button
        look="danger"
        wide
        disabled={busy || !half}
        onClick={() => void leave()}
        data-testid="sign-out-confirm"
      >
        {t("account.signOutConfirm")}
      </Button>
    </Dialog>
  );
}

/** All goes, also the keys of those who sign here: they are made again with signal. */
function Clean() {
  const [signers, setSigners] = useState(0);
  useEffect(() => {
    void listSigners(openStore().store).then((all) => setSigners(all.length));
  }, []);
  return (
    <>
      <p>{t("account.signOutClean")}</p>
      {signers > 0 && (
        <p className={styles.warning}>{t("account.signOutSigners", { count: signers })}</p>
      )}
    </>
  );
}

function UnsentWarning({ count }: { count: number }) {
  const officer = useSession((state) => state.account);
  return (
    <>
      <p className={styles.warning}>{t("account.signOutUnsent", { count })}</p>
      <Button wide icon="sync" onClick={() => void syncNow(true)}>
        {t("sync.now")}
      </Button>
      <Button wide onClick={() => officer && void exportOutbox(openStore().store, officer)}>
        {t("outbox.export")}
      </Button>
      <p className={styles.soft}>{t("outbox.exportText")}</p>
    </>
  );
}

function HalfTypedWarning({ half }: { half: HalfTyped[] }) {
  const { groups, members } = useData();
  const words = (one: HalfTyped): string => {
    if (one.what === "registration")
      return one.name ? t("half.registration", { name: one.name }) : t("half.nameless");
    if (one.what === "count") return t("half.count");
    if (one.what === "application")
      return t("half.application", { name: members.get(one.memberId)?.memberName ?? "–" });
    const group = groups.get(one.groupId)?.name ?? "–";
    return t("half.sheet", { group, count: one.count, amount: formatMoney(one.amount) });
  };
  return (
    <div className={styles.warning} data-testid="half-typed">
      <p>
        <Icon name="alert" size={20} /> {t("half.title")}
      </p>
      <ul>
        {half.map((one) => (
          <li key={words(one)}>{words(one)}</li>
        ))}
      </ul>
      <p>{t("half.what")}</p>
    </div>
  );
}
