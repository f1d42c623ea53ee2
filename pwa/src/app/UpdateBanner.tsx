import { useEffect, useState } from "react";
import { Button } from "../components/Button";
import { t } from "../i18n";
import { registerServiceWorker } from "../platform/app-update";
import { askForPeriodicSync } from "../platform/background";
import styles from "./App.module.css";

/** Offers a new version; the app never reloads by itself in the middle of work. */
export function UpdateBanner() {
  const [apply, setApply] = useState<(() => void) | null>(null);
  useEffect(() => {
    void registerServiceWorker((action) => setApply(() => action)).then(askForPeriodicSync);
  }, []);
  if (!apply) return null;
  return (
    <div className={styles.banner} role="status">
      <span>{t("app.update")}</span>
      <Button onClick={apply}>{t("app.updateNow")}</Button>
    </div>
  );
}
