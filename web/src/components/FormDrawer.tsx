/** A form at the side: title, fields, one main action, and what went wrong in general. */
import { Alert, Button, Drawer } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { t } from "../i18n";
import classes from "./FormDrawer.module.css";

type Props = {
  title: string;
  submitLabel: string;
  submitTestId: string;
  busy: boolean;
  error: string | null;
  notice?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

export function FormDrawer(props: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.busy) props.onSubmit();
  };
  return (
    <Drawer
      opened
      onClose={props.onClose}
      position="right"
      size={420}
      title={props.title}
      closeButtonProps={{ "aria-label": t("common.close") }}
      classNames={{
        title: classes.title,
        header: classes.header,
        body: classes.body,
        content: classes.content,
      }}
    >
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
          <Button type="submit" loading={props.busy} data-testid={props.submitTestId}>
            {props.submitLabel}
          </Button>
        </footer>
      </form>
    </Drawer>
  );
}
