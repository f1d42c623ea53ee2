/** One message: its words, and what became of it. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useConfig } from "../../api/config";
import type { MessageRow } from "../../api/messages";
import { label, t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { KeyValues } from "../KeyValues";
import { Money } from "../Money";
import { SidePanel } from "../SidePanel";
import classes from "./Messages.module.css";
import { MessageState } from "./message-columns";
import { explanation, wordsOf } from "./message-words";

type Props = { message: MessageRow; onClose: () => void; children?: ReactNode };

export function MessagePanel({ message, onClose, children }: Props) {
  const { currency } = useConfig();
  const { member, channel, cost, createdAt, sentAt, deliveredAt } = message;
  return (
    <SidePanel
      title={t(`messageTemplate.${message.template}`)}
      onClose={onClose}
      testId="message-panel"
    >
      <div className={classes.stack}>
        <p className={classes.text} lang={message.language} data-testid="message-text">
          {wordsOf(message)}
        </p>
        <div>
          <MessageState message={message} />
        </div>
        <p className={classes.note} data-testid="message-why">
          {explanation(message)}
        </p>
        <KeyValues
          items={[
            {
              name: t("messages.to"),
              value: member ? (
                <Link to={`/members/${member.id}`}>{member.memberName}</Link>
              ) : (
                t("messages.toUser")
              ),
            },
            { name: t("messages.channel"), value: channel && label("messageChannel", channel) },
            { name: t("messages.language"), value: label("messageLanguage", message.language) },
            { name: t("messages.written"), value: momentText(createdAt) },
            { name: t("messages.sent"), value: sentAt && momentText(sentAt) },
            { name: t("messages.delivered"), value: deliveredAt && momentText(deliveredAt) },
            {
              name: t("messages.cost", { currency }),
              value: <Money value={cost} />,
              figure: true,
            },
          ]}
        />
        {children}
      </div>
    </SidePanel>
  );
}
