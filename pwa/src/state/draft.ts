/** What is half typed, kept on disk with every key: nothing is lost when the phone dies or locks. */
import { useCallback, useEffect, useRef, useState } from "react";
import { loadDraft, saveDraft } from "../store/user-store";
import { openStore } from "./session";

export interface Draft<T> {
  value: T;
  set: (change: (old: T) => T) => void;
  /** Resolves once all that was typed lies on disk, or has found no room there. */
  written: () => Promise<void>;
  /** What lay on disk has been read. */
  ready: boolean;
}

/** What is typed before the disk was read is laid over what lay there. */
export function useDraft<T extends object>(key: string, blank: T): Draft<T> {
  const [state, setState] = useState({ value: blank, ready: false });
  const [{ store }] = useState(openStore);
  const [empty] = useState(blank);
  const writing = useRef(Promise.resolve());
  const latest = useRef(blank);
  const typed = useRef<Partial<T>>({});
  useEffect(() => {
    let current = true;
    void loadDraft<T>(store, key).then((stored) => {
      if (!current) return;
      latest.current = { ...empty, ...stored, ...typed.current };
      setState({ value: latest.current, ready: true });
    });
    return () => {
      current = false;
    };
  }, [store, key, empty]);
  const set = useCallback(
    (change: (old: T) => T) => {
      const next = change(latest.current);
      typed.current = { ...typed.current, ...next };
      latest.current = next;
      setState((old) => ({ ...old, value: next }));
      // In order, so that the last key typed is the last one written.
      // One that found no room does not stop the later ones.
      writing.current = writing.current
        .catch(() => undefined)
        .then(() => saveDraft(store, key, next));
    },
    [store, key],
  );
  const written = useCallback(() => writing.current.catch(() => undefined), []);
  return { ...state, set, written };
}
