import type { MessageRow } from "../../api/messages";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import type { Column } from "../DataTable";
import { Money } from "../Money";
import { RowCard } from "../RowCard";
import { StatusBadge } from "../StatusBadge";
import { MESSAGE_TONES, recipientOf, wordsOf } from "./message-words";

export function MessageState({ message: { state } }: { message: MessageRow }) {
  return <StatusBadge tone={MESSAGE_TONES[state]} text={t(`messageState.${state}`)} />;
}

/** `ofOne`: all are the same member's, who is not named again. */
export function messageColumns(currency: string, ofOne = false): Column<MessageRow>[] {
  const to: Column<MessageRow> = {
    key: "to",
    header: t("messages.to"),
    width: "minmax(110px, 1.2fr)",
    render: recipientOf,
  };
  return [
    {
      key: "when",
      header: t("messages.written"),
      width: "116px",
      render: ({ createdAt }) => momentText(createdAt),
    },
    ...(ofOne ? [] : [to]),
    {
      key: "what",
      header: t("messages.what"),
      width: "minmax(120px, 1fr)",
      hide: "medium",
      render: ({ template }) => t(`messageTemplate.${template}`),
    },
    {
      key: "text",
      header: t("messages.text"),
      width: "minmax(0, 3fr)",
      hide: "narrow",
      render: wordsOf,
    },
    {
      key: "state",
      header: t("messages.state"),
      width: "196px",
      render: (message) => <MessageState message={message} />,
    },
    {
      key: "cost",
      header: t("messages.cost", { currency }),
      width: "100px",
      align: "end",
      hide: "medium",
      render: ({ cost }) => <Money value={cost} />,
    },
  ];
}

export function MessageCard({ message }: { message: MessageRow }) {
  return (
    <RowCard
      title={`${t(`messageTemplate.${message.template}`)} · ${recipientOf(message)}`}
      detail={momentText(message.createdAt)}
      state={<MessageState message={message} />}
    />
  );
}
