/**
 * What is typed and not yet written down. It lies on this phone alone: it is in no export, and
 * nobody can send it, so whoever signs out must hear of it.
 */
import { todayInNairobi } from "@tablebanking/common/dates";
import { type Cents, parseMoney, sumCents } from "@tablebanking/common/money";
import { useEffect, useState } from "react";
import { loadDraft, type UserStore } from "../store/user-store";
import { peekRegistration } from "./registration-draft";
import { openStore } from "./session";

export type HalfTyped =
  | { what: "registration"; name: string }
  | { what: "sheet"; groupId: string; count: number; amount: Cents }
  | { what: "count" }
  | { what: "application"; memberId: string };

export async function peekHalfTyped(store: UserStore): Promise<HalfTyped[]> {
  const begun = await peekRegistration(store);
  const found: HalfTyped[] = begun ? [{ what: "registration", name: begun.name }] : [];
  for (const key of await store.db.getAllKeys("drafts")) {
    const [prefix = "", id = ""] = key.split(":");
    const read = READERS[prefix];
    if (!read) continue;
    const half = read(id, await loadDraft<object>(store, key));
    if (half) found.push(half);
  }
  return found;
}

type Reader = (id: string, draft: object | null) => HalfTyped | null;

/** By the beginning of a draft's key; what follows is whose it is. */
const READERS: Record<string, Reader> = {
  sheet: (groupId, draft) => {
    const cells = Object.values((draft ?? {}) as Record<string, { text?: string }>);
    const typed = cells.map(({ text = "" }) => text.trim()).filter((text) => !EMPTY.test(text));
    const amount = sumCents(typed.map((text) => parseMoney(text) ?? 0));
    return typed.length > 0 ? { what: "sheet", groupId, count: typed.length, amount } : null;
  },
  meeting: (_, draft) => (hasText(draft) ? { what: "count" } : null),
  apply: (memberId, draft) => {
    // What lies there from another day is forgotten.
    const { date, values, purpose, witnesses } = (draft ?? {}) as Application;
    const typed = date === todayInNairobi() && hasText([values?.amount, purpose, witnesses]);
    return typed ? { what: "application", memberId } : null;
  },
};

/** No payment, as on the sheet. */
const EMPTY = /^0*(\.0*)?$/;

interface Application {
  date?: string;
  values?: { amount?: string };
  purpose?: string;
  witnesses?: string[];
}

function hasText(value: unknown): boolean {
  if (typeof value === "string") return value.trim() !== "";
  return typeof value === "object" && value !== null && Object.values(value).some(hasText);
}

/** Null until it is read. */
export function useHalfTyped(): HalfTyped[] | null {
  const [found, setFound] = useState<HalfTyped[] | null>(null);
  useEffect(() => {
    let current = true;
    void peekHalfTyped(openStore().store).then((all) => current && setFound(all));
    return () => {
      current = false;
    };
  }, []);
  return found;
}
