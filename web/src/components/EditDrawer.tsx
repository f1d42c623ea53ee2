/** Edits a record that somebody else may edit too: what clashes is decided field by field. */
import { type ReactNode, useState } from "react";
import { t } from "../i18n";
import type { RequestError } from "../lib/graphql-request";
import { type Answer, type FormIds, useForm } from "../lib/use-form";
import { type Choice, type Clash, ConflictDialog } from "./ConflictDialog";
import { clashesOf, decided, type Units } from "./edit-clash";
import { FormDrawer } from "./FormDrawer";

/** A state of the record: as it was opened, or as the server holds it now. */
type Copy<V> = { version: number; values: V };
type Conflict<V> = { theirs: Copy<V>; clashes: Clash[] };

type Props<V extends object> = {
  title: string;
  submitTestId: string;
  initial: Copy<V>;
  units: Units<V>;
  /** A unit's values in words. */
  shown: (fields: readonly (keyof V & string)[], values: V) => string;
  /** Reads the copy that a CONFLICT brings. */
  read: (current: Record<string, unknown>) => V;
  check: (values: V, before: V) => Record<string, string>;
  save: (base: Copy<V>, values: V, ids: FormIds) => Promise<Answer<unknown>>;
  onClose: () => void;
  children: (form: EditForm<V>) => ReactNode;
};

export type EditForm<V extends object> = ReturnType<typeof useForm<V, unknown>>;

export function EditDrawer<V extends object>(props: Props<V>) {
  const { units, save } = props;
  const [base, setBase] = useState(props.initial);
  const [conflict, setConflict] = useState<Conflict<V> | null>(null);
  const onRefused = (error: RequestError): boolean => {
    if (error.code !== "CONFLICT" || !error.current) return false;
    const theirs = { version: Number(error.current.version), values: props.read(error.current) };
    const clashes = clashesOf(units, props.shown, base.values, form.values, theirs.values);
    setConflict({ theirs, clashes });
    return true;
  };
  const form: EditForm<V> = useForm<V, unknown>({
    initial: base.values,
    check: (values) => props.check(values, base.values),
    send: (values, ids) => save(base, values, ids),
    onDone: props.onClose,
    onRefused,
  });
  const decide = (choices: Readonly<Record<string, Choice>>) => {
    if (!conflict) return;
    const { theirs } = conflict;
    const values = decided(units, base.values, form.values, theirs.values, choices);
    setBase(theirs);
    form.change(values);
    setConflict(null);
    void form.submitWith(values, (_values, ids) => save(theirs, values, ids));
  };
  return (
    <FormDrawer
      title={props.title}
      submitLabel={t("edit.submit")}
      submitTestId={props.submitTestId}
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={props.onClose}
    >
      {props.children(form)}
      {conflict && (
        <ConflictDialog
          clashes={conflict.clashes}
          busy={form.busy}
          onDecide={decide}
          onClose={() => setConflict(null)}
        />
      )}
    </FormDrawer>
  );
}
