/**
 * The phone has no room left. Whatever wanted to write was refused as a whole and has not gone
 * on, so its screen stands as it was; here it is said in words, for all screens at once.
 */
import { useEffect, useState } from "react";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { t } from "../i18n";
import { isStorageFull } from "../store/full";

export function StorageFull() {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const look = (event: PromiseRejectionEvent) => {
      if (!isStorageFull(event.reason)) return;
      event.preventDefault();
      setFull(true);
    };
    window.addEventListener("unhandledrejection", look);
    return () => window.removeEventListener("unhandledrejection", look);
  }, []);
  if (!full) return null;
  const close = () => setFull(false);
  return (
    <Dialog title={t("full.title")} onClose={close}>
      <p>{t("full.text")}</p>
      <p>{t("full.todo")}</p>
      <Button look="primary" wide onClick={close} data-testid="storage-full">
        {t("full.ok")}
      </Button>
    </Dialog>
  );
}
