/** How long ago something was, in words; and a clock that makes components show it afresh. */
import { useEffect, useState } from "react";
import { t } from "../i18n";

const MINUTE = 60_000;

export function ageText(then: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(then)) / MINUTE);
  if (minutes < 1) return t("age.now");
  if (minutes < 60) return t("age.minutes", { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t("age.hours", { count: hours });
  return t("age.days", { count: Math.floor(hours / 24) });
}

export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
