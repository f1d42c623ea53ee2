/** Filters, sort and the opened thing stand in the address: they can be sent and survive Back. */
import { useCallback, useMemo } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { isOneColumn } from "./use-narrow";

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

/**
 * One thing that is open beside a list, by its id, e.g. `?member=…`. Where it covers the list (on a
 * phone), it is a step of its own: Back leads from it to the list.
 */
export function useOpened(name: string) {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const opened = params.get(name);
  const stepped = useLocation().state?.stepped === name;
  const open = useCallback(
    (id: string | null) => {
      if (!id && stepped) return void navigate(-1);
      const steps = id !== null && !opened && isOneColumn();
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (id) next.set(name, id);
          else next.delete(name);
          return next;
        },
        steps
          ? { state: { stepped: name } }
          : { replace: true, state: stepped && id ? { stepped: name } : null },
      );
    },
    [name, opened, stepped, navigate, setParams],
  );
  return [opened, open] as const;
}

/** A value of the address that must be one of a few; else the first of them. */
export function oneOf<T extends string>(value: string, allowed: readonly [T, ...T[]]): T {
  return (allowed as readonly string[]).includes(value) ? (value as T) : allowed[0];
}

/** Ids that stand in one parameter, with commas between; null where there is none. */
export function idsOf(value: string): string[] | null {
  const ids = value.split(",").filter(Boolean);
  return ids.length > 0 ? ids : null;
}
