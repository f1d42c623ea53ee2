/** The words of a reminder, to read, change and send with one's own phone. */
import { Button, Modal, SegmentedControl, Textarea } from "@mantine/core";
import { formatPhone } from "@tablebanking/common/phone";
import { IconBrandWhatsapp, IconCheck, IconCopy, IconMessage } from "@tabler/icons-react";
import { useState } from "react";
import { LANGUAGE_NAMES, language as spoken, t } from "../../i18n";
import classes from "./RemindDialog.module.css";
import { type ReminderLanguage, reminderLinks, reminderText } from "./reminder";

type Props = { loan: Parameters<typeof reminderText>[0]; onClose: () => void };

export default function RemindDialog({ loan, onClose }: Props) {
  const [language, setLanguage] = useState<ReminderLanguage>(spoken);
  const [text, setText] = useState(reminderText(loan, language));
  const [copied, setCopied] = useState(false);
  const links = reminderLinks(loan.member.phone, text);
  const speak = (chosen: string) => {
    const next = chosen as ReminderLanguage;
    setLanguage(next);
    setText(reminderText(loan, next));
    setCopied(false);
  };
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <Modal
      opened
      centered
      size={480}
      onClose={onClose}
      title={t("remind.title", { name: loan.member.memberName })}
      closeButtonProps={{ "aria-label": t("common.close") }}
      classNames={{ title: classes.title }}
    >
      <div className={classes.parts}>
        <SegmentedControl
          aria-label={t("remind.language")}
          value={language}
          onChange={speak}
          data={(["en", "sw"] as const).map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        />
        <Textarea
          label={t("remind.text", { phone: formatPhone(loan.member.phone) })}
          description={t("remind.hint")}
          autosize
          minRows={4}
          maxLength={480}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="remind-text"
        />
        <div className={classes.ways}>
          <Button
            component="a"
            href={links.whatsapp}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconBrandWhatsapp size={18} aria-hidden />}
            data-testid="remind-whatsapp"
          >
            WhatsApp
          </Button>
          <Button
            component="a"
            variant="default"
            href={links.sms}
            leftSection={<IconMessage size={18} aria-hidden />}
            data-testid="remind-sms"
          >
            {t("remind.sms")}
          </Button>
          <Button
            variant="default"
            leftSection={
              copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />
            }
            onClick={() => void copy()}
            data-testid="remind-copy"
          >
            {t(copied ? "remind.copied" : "remind.copy")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
