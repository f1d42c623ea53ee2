/** A form at the side: title, fields, one main action, and what went wrong in general. */
import { Drawer } from "@mantine/core";
import { t } from "../i18n";
import classes from "./FormDrawer.module.css";
import { FormFrame, type FormProps } from "./FormFrame";
import { useCloseGuard } from "./use-close-guard";

export function FormDrawer(props: FormProps) {
  const { close, question } = useCloseGuard(props.dirty ?? false, props.onClose);
  return (
    <Drawer
      opened
      onClose={close}
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
      <FormFrame {...props} onClose={close} />
      {question}
    </Drawer>
  );
}
