import { Component, type ErrorInfo, type ReactNode } from "react";
import { t } from "../i18n";

type Props = { children: ReactNode };

/** The last net: a fault in one page says so in words instead of leaving a blank window. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    reportError(Object.assign(error, { componentStack: info.componentStack }));
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main role="alert" style={{ padding: "var(--space-6)" }}>
        <p>{t("error.page")}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {t("error.reload")}
        </button>
      </main>
    );
  }
}
