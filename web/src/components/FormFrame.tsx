/** The inside of a form drawer or form window: fields, what went wrong in general, one main action. */
import { Alert, Button } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { t } from "../i18n";
import { DANGER } from "./danger";
import classes from "./FormDrawer.module.css";

export type FormProps = {
  title: string;
  submitLabel: string;
  submitTestId: string;
  busy: boolean;
  error: string | null;
  /** Whether something entered is not saved yet: closing then asks first. */
  dirty?: boolean;
  notice?: ReactNode;
  /** What it does ends something or takes it back: red, with a sign. */
  danger?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

export function FormFrame(props: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog over the form is its child in React's tree: its own forms are not this one's.
    event.stopPropagation();
    if (!props.busy) props.onSubmit();
  };
  return (
    <form onSubmit={submit} className={classes.form} noValidate aria-label={props.title}>
      <div className={classes.fields}>
        {props.notice}
        {props.error && (
          <Alert color="red" variant="light" role="alert" data-testid="form-error">
            {props.error}
          </Alert>
        )}
        {props.children}
      </div>
      <footer className={classes.foot}>
        <Button variant="default" onClick={props.onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          type="submit"
          {...(props.danger && DANGER)}
          loading={props.busy}
          data-testid={props.submitTestId}
        >
          {props.submitLabel}
        </Button>
      </footer>
    </form>
  );
}
