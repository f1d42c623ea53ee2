import { useState } from "react";
import { Button } from "../../components/Button";
import { FieldError } from "../../components/Field";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { handOver } from "../../platform/files";
import { useData } from "../../state/data";
import { type Made, makeHandOver } from "../../state/hand-over";
import { sendableByOthers } from "../../state/parcel";
import { useSession } from "../../state/session";
import { isUnsent } from "../../sync/outbox";
import styles from "./outbox.module.css";

export function HandOverScreen() {
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Screen title={t("handOver.title")} back="/outbox">
      {made ? <HandIt made={made} /> : <Explain onMade={setMade} />}
    </Screen>
  );
}

function Explain({ onMade }: { onMade: (made: Made) => void }) {
  const operations = useData((state) => state.operations);
  const officer = useSession((state) => state.account);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const count = sendableByOthers(operations).length;
  const own = operations.filter(isUnsent).length - count;
  const make = async () => {
    if (!officer) return;
    setBusy(true);
    setFailed(false);
    try {
      onMade(await makeHandOver(officer));
    } catch {
      setFailed(true);
      setBusy(false);
    }
  };
  return (
    <>
      <p>{t("handOver.intro")}</p>
      {count === 0 && <p>{t("handOver.nothing")}</p>}
      {count > 0 && (
        <>
          <p>
            <strong>{t("handOver.count", { count })}</strong>
          </p>
          {own > 0 && <p>{t("handOver.own", { count: own })}</p>}
          <ul className={styles.points}>
            {([1, 2, 3, 4] as const).map((number) => (
              <li key={number}>{t(`handOver.point${number}`)}</li>
            ))}
          </ul>
          <FieldError id="hand-over-problem" error={failed ? t("handOver.failed") : null} />
          <Button
            look="primary"
            wide
            disabled={busy}
            onClick={() => void make()}
            data-testid="hand-over-make"
          >
            {busy ? t("handOver.busy") : t("handOver.make")}
          </Button>
        </>
      )}
    </>
  );
}

function HandIt({ made: { file, code } }: { made: Made }) {
  const [sent, setSent] = useState(false);
  const send = async () => {
    if ((await handOver(file)) !== "cancelled") setSent(true);
  };
  return (
    <>
      <section className={styles.safe} aria-label={t("handOver.code")}>
        <h2>{t("handOver.code")}</h2>
        <p className={styles.code} data-testid="hand-over-code">
          {code}
        </p>
        <p>{t("handOver.codeText")}</p>
      </section>
      <Button
        look={sent ? "quiet" : "primary"}
        wide
        onClick={() => void send()}
        data-testid="hand-over-send"
      >
        {sent ? t("handOver.again") : t("handOver.send")}
      </Button>
      <Button
        look={sent ? "primary" : "quiet"}
        wide
        onClick={() => navigate("/outbox", { replace: true })}
      >
        {t("handOver.done")}
      </Button>
    </>
  );
}
