import { Component, type ReactNode } from "react";
import { Button } from "../components/Button";
import { t } from "../i18n";
import styles from "./App.module.css";

/** A screen that breaks says that the records are safe, and offers a way on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className={styles.broken} role="alert">
        <p>{t("app.broken")}</p>
        <Button
          look="primary"
          onClick={() => {
            window.location.hash = "/";
            window.location.reload();
          }}
        >
          {t("app.reload")}
        </Button>
      </main>
    );
  }
}
