/** A short form in the middle: a reason, a note, one amount. */
import { Modal } from "@mantine/core";
import { t } from "../i18n";
import classes from "./FormDrawer.module.css";
import { FormFrame, type FormProps } from "./FormFrame";
import { useCloseGuard } from "./use-close-guard";

export function FormModal(props: FormProps) {
  const { close, question } = useCloseGuard(props.dirty ?? false, props.onClose);
  return (
    <Modal
      opened
      onClose={close}
      size={440}
      centered
      title={props.title}
      closeButtonProps={{ "aria-label": t("common.close") }}
      classNames={{ title: classes.title }}
    >
      <FormFrame {...props} onClose={close} />
      {question}
    </Modal>
  );
}
