/** Before money moves or something ends: what exactly will happen, once more, with names and amounts. */
import { Alert, Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../i18n";
import classes from "./ConfirmDialog.module.css";
import { DANGER } from "./danger";
import { type KeyValue, KeyValues } from "./KeyValues";

type Props = {
  title: string;
  /** Who and how much: "Member · Jane Wanjiku", "Amount · KES 12,500.00". */
  facts: readonly KeyValue[];
  note?: ReactNode;
  /** Says what it does, with the amount: "Pay out KES 12,500.00". */
  confirmLabel: string;
  danger?: boolean;
  busy: boolean;
  error?: string | null;
  onConfirm: () => void;
  onClose: () => void;
  /** A reason to fill in, or the like. */
  children?: ReactNode;
};

export function ConfirmDialog(props: Props) {
  return (
    <Modal
      opened
      onClose={props.busy ? noop : props.onClose}
      title={props.title}
      size={440}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
      classNames={{ title: classes.title }}
    >
      <div className={classes.body} data-testid="confirm-dialog">
        <KeyValues items={props.facts} />
        {props.note && <p className={classes.note}>{props.note}</p>}
        {props.children}
        {props.error && (
          <Alert color="red" variant="light" role="alert" data-testid="confirm-error">
            {props.error}
          </Alert>
        )}
        <footer className={classes.foot}>
          <Button variant="default" onClick={props.onClose} disabled={props.busy}>
            {t("confirm.back")}
          </Button>
          <Button
            {...(props.danger && DANGER)}
            loading={props.busy}
            onClick={props.onConfirm}
            data-testid="confirm"
          >
            {props.confirmLabel}
          </Button>
        </footer>
      </div>
    </Modal>
  );
}

const noop = () => undefined;
