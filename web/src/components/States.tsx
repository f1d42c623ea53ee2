/** What stands in place of content: loading, empty, or not loaded. */
import { Button, Skeleton } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { t } from "../i18n";
import { asRequestError, errorText } from "../lib/error-text";
import classes from "./States.module.css";

export function Empty({ title, hint, action }: EmptyProps) {
  return (
    <div className={classes.state} data-testid="empty-state">
      <p className={classes.title}>{title}</p>
      {hint && <p className={classes.hint}>{hint}</p>}
      {action}
    </div>
  );
}
type EmptyProps = { title: string; hint?: string; action?: ReactNode };

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className={classes.state} role="alert" data-testid="error-state">
      <p className={classes.title}>{t("error.title")}</p>
      <p className={classes.hint}>{errorText(asRequestError(error))}</p>
      {retry && (
        <Button variant="default" onClick={retry}>
          {t("error.retry")}
        </Button>
      )}
    </div>
  );
}

/** Over content that is still shown though the last loading failed. */
export function StaleNotice({ retry }: { retry: () => void }) {
  return (
    <div className={classes.stale} role="status" data-testid="stale-notice">
      <IconPlugConnectedX size={16} aria-hidden />
      <span>{t("state.stale")}</span>
      <button type="button" className={classes.link} onClick={retry}>
        {t("error.retry")}
      </button>
    </div>
  );
}

const WIDTHS = ["92%", "78%", "85%", "70%", "88%", "74%", "81%", "67%"];

export function LoadingRows() {
  return (
    <div
      className={classes.loading}
      role="status"
      aria-label={t("state.loading")}
      data-testid="loading"
    >
      {WIDTHS.map((width) => (
        <Skeleton key={width} height={12} width={width} my={12} />
      ))}
    </div>
  );
}
