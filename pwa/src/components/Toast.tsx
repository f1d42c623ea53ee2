/** One short message at a time, spoken by screen readers, gone by itself. */
import { useEffect } from "react";
import { create } from "zustand";
import { Icon } from "./Icon";
import styles from "./Toast.module.css";

interface ToastState {
  message: string;
  tone: "good" | "bad";
  at: number;
}

const useToast = create<ToastState>(() => ({ message: "", tone: "good", at: 0 }));
const SHOWN_MS = 4_000;

export function toast(message: string, tone: ToastState["tone"] = "good"): void {
  useToast.setState({ message, tone, at: Date.now() });
}

export function Toast() {
  const { message, tone, at } = useToast();
  useEffect(() => {
    if (at === 0) return;
    const timer = setTimeout(() => useToast.setState({ message: "" }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [at]);
  return (
    <div className={styles.place} role="status" data-testid="toast">
      {message && (
        <p className={`${styles.toast} ${tone === "bad" ? styles.bad : ""}`}>
          <Icon name={tone === "bad" ? "alert" : "check"} size={20} />
          {message}
        </p>
      )}
    </div>
  );
}
