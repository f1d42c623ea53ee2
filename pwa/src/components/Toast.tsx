/** One short message at a time, spoken by screen readers, gone by itself or at the next touch. */
import { useEffect } from "react";
import { create } from "zustand";
import { useSession } from "../state/session";
import { Icon } from "./Icon";
import styles from "./Toast.module.css";

interface ToastState {
  message: string;
  tone: "good" | "bad";
  at: number;
}

const useToast = create<ToastState>(() => ({ message: "", tone: "good", at: 0 }));
/** It goes by itself after the second; after the first a touch anywhere takes it out of the way. */
const STANDS_MS = { good: [1_000, 4_000], bad: [3_000, 8_000] } as const;

export function toast(message: string, tone: ToastState["tone"] = "good"): void {
  useToast.setState({ message, tone, at: Date.now() });
}

export function Toast() {
  const { message, tone, at } = useToast();
  useEffect(() => {
    if (at === 0) return;
    const [least, most] = STANDS_MS[tone];
    const clear = () => useToast.setState({ message: "" });
    const touched = () => Date.now() - at >= least && clear();
    const timer = setTimeout(clear, most);
    addEventListener("pointerdown", touched, true);
    return () => {
      clearTimeout(timer);
      removeEventListener("pointerdown", touched, true);
    };
  }, [at, tone]);
  const open = useSession((state) => state.phase === "open");
  // What was said to one officer is not for whoever holds the locked phone.
  useEffect(() => (open ? () => useToast.setState({ message: "" }) : undefined), [open]);
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
