/**
 * A form that moves money: what was filled in is checked, then said once more with names and
 * amounts, and only then sent. A refusal leads back to the fields with what was entered.
 */
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "./ConfirmDialog";
import { FormDrawer } from "./FormDrawer";
import type { KeyValue } from "./KeyValues";

type Form = {
  busy: boolean;
  dirty: boolean;
  errors: { general: string | null };
  valid: () => boolean;
  submit: () => Promise<void>;
};

type Props = {
  title: string;
  submitLabel: string;
  submitTestId: string;
  form: Form;
  /** Who, how much, where from or to; read when the confirmation opens. */
  facts: readonly KeyValue[];
  confirmLabel: string;
  note?: ReactNode;
  danger?: boolean;
  /** What moves no money needs no second look. */
  plain?: boolean;
  notice?: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

export function MoneyForm(props: Props) {
  const { form, plain } = props;
  const [asking, setAsking] = useState(false);
  const ask = () => {
    if (!form.valid()) return;
    if (plain) void form.submit();
    else setAsking(true);
  };
  const send = async () => {
    await form.submit();
    setAsking(false);
  };
  return (
    <>
      <FormDrawer
        title={props.title}
        submitLabel={props.submitLabel}
        submitTestId={props.submitTestId}
        busy={form.busy}
        dirty={form.dirty}
        error={form.errors.general}
        notice={props.notice}
        danger={props.danger}
        onSubmit={ask}
        onClose={props.onClose}
      >
        {props.children}
      </FormDrawer>
      {asking && (
        <ConfirmDialog
          title={props.title}
          facts={props.facts}
          note={props.note}
          danger={props.danger}
          confirmLabel={props.confirmLabel}
          busy={form.busy}
          onConfirm={() => void send()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
