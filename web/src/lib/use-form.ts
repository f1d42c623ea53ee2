/**
 * What every form does alike: its values, the errors beside them, one submission at a time, and one
 * set of ids for what it makes, so that a second press after a lost answer finds it done already.
 */
import { uuidv7 } from "@tablebanking/common/uuid";
import { useRef, useState } from "react";
import { asRequestError, type FormErrors, formErrors, withoutErrors } from "./error-text";
import type { RequestError } from "./graphql-request";

export type FormIds = { id: string; offlineSyncId: string };
/** What an RTK Query mutation resolves to. */
export type Answer<R> = { data?: R; error?: unknown };

type Options<V, R> = {
  initial: V;
  /** What is wrong before anything is sent, by field. */
  check?: (values: V) => Record<string, string>;
  send: (values: V, ids: FormIds) => Promise<Answer<R>>;
  onDone: (result: R) => void;
  /** Sees a refusal first; true: it took care of it (a conflict that opens a dialog). */
  onRefused?: (error: RequestError) => boolean;
};

const NO_ERRORS: FormErrors = { fields: {}, general: null };
const newIds = (): FormIds => ({ id: uuidv7(), offlineSyncId: uuidv7() });

export function useForm<V extends object, R>(options: Options<V, R>) {
  const { initial, check, send, onDone, onRefused } = options;
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState(NO_ERRORS);
  const [busy, setBusy] = useState(false);
  const [dirty, setDirty] = useState(false);
  const [ids, setIds] = useState(newIds);
  const running = useRef(false);

  const change = (changed: Partial<V>) => {
    setValues((old) => ({ ...old, ...changed }));
    setErrors((old) => withoutErrors(old, Object.keys(changed)));
    setDirty(true);
  };
  /** Whether all is right so far; shows what is not. A money form asks before its confirmation. */
  const valid = (): boolean => {
    const fields = check?.(values) ?? {};
    const fine = Object.keys(fields).length === 0;
    setErrors(fine ? NO_ERRORS : { fields, general: null });
    return fine;
  };
  const submit = async () => {
    if (valid()) await submitWith(values, send);
  };
  /** Sends other values than the fields show yet: what a dialog over the form has decided. */
  const submitWith = async (wanted: V, how: typeof send) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      const answer = await how(wanted, ids);
      if (answer.error !== undefined) refuse(asRequestError(answer.error));
      else done(answer.data as R);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  const refuse = (error: RequestError) => {
    if (!onRefused?.(error)) setErrors(formErrors(error, Object.keys(values)));
  };
  const done = (result: R) => {
    setDirty(false);
    setIds(newIds());
    onDone(result);
  };
  const reset = (next: V = initial) => {
    setValues(next);
    setErrors(NO_ERRORS);
    setDirty(false);
  };
  /** For text fields: `<TextInput label=… {...form.bind("name")} />`. */
  const bind = (name: keyof V & string) => ({
    value: String(values[name] ?? ""),
    error: errors.fields[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [name]: event.currentTarget.value } as Partial<V>),
  });
  /** For inputs that give their value: `<MoneyInput label=… {...form.field("amount")} />`. */
  const field = <K extends keyof V & string>(name: K) => ({
    value: values[name],
    error: errors.fields[name],
    onChange: (value: V[K]) => change({ [name]: value } as unknown as Partial<V>),
  });
  return { values, errors, busy, dirty, change, valid, submit, submitWith, reset, bind, field };
}
