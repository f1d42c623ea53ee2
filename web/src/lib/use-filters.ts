/** Filters, sort and the opened thing stand in the address: they can be sent and survive Back. */
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

type Values<K extends string> = Readonly<Record<K, string>>;

export type Filters<K extends string> = {
  values: Values<K>;
  set: (changed: Partial<Values<K>>) => void;
  clear: () => void;
  /** Whether any differs from its default: an empty list then says "no match". */
  narrowed: boolean;
};

/** `defaults` names the filters; what equals its default is left out of the address. */
export function useFilters<K extends string>(defaults: Values<K>): Filters<K> {
  const [params, setParams] = useSearchParams();
  const names = Object.keys(defaults) as K[];
  const key = JSON.stringify(defaults) + names.map((name) => params.get(name)).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` holds all that is read
  const values = useMemo(
    () => Object.fromEntries(names.map((name) => [name, params.get(name) ?? defaults[name]])),
    [key],
  ) as Values<K>;
  const set = (changed: Partial<Values<K>>) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        for (const name of Object.keys(changed) as K[]) {
          const value = changed[name];
          if (value === undefined || value === defaults[name]) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  return {
    values,
    set,
    clear: () => set(defaults),
    narrowed: names.some((name) => values[name] !== defaults[name]),
  };
}

/** One thing that is open beside a list, by its id, e.g. `?member=…`. */
export function useOpened(name: string) {
  const [params, setParams] = useSearchParams();
  const open = useCallback(
    (id: string | null) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (id) next.set(name, id);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [name, setParams],
  );
  return [params.get(name), open] as const;
}

/** A value of the address that must be one of a few; else the first of them. */
export function oneOf<T extends string>(value: string, allowed: readonly [T, ...T[]]): T {
  return (allowed as readonly string[]).includes(value) ? (value as T) : allowed[0];
}
