/** When this phone cannot send: a copy to read, or the work itself in a colleague's hands. */
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { exportOutbox } from "../../state/export";
import { openStore, useSession } from "../../state/session";
import styles from "./outbox.module.css";

export function SafeElsewhere({ unsent }: { unsent: boolean }) {
  return (
    <Section title={t("outbox.elsewhere")}>
      <div className={styles.safe}>
        {unsent && (
          <>
            <ExportButton />
            <Button wide onClick={() => navigate("/outbox/hand-over")} data-testid="hand-over">
              {t("handOver.button")}
            </Button>
          </>
        )}
        <Button wide onClick={() => navigate("/outbox/take-over")} data-testid="take-over">
          {t("takeOver.button")}
        </Button>
      </div>
    </Section>
  );
}

function ExportButton() {
  const [asking, setAsking] = useState(false);
  const officer = useSession((state) => state.account);
  return (
    <>
      <Button wide onClick={() => setAsking(true)} data-testid="outbox-export">
        {t("outbox.export")}
      </Button>
      {asking && officer && (
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
