import { Checkbox } from "@mantine/core";
import type { Column } from "../../components/DataTable";
import { whyText } from "../../components/messages/message-words";
import { label, t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { shortWhy } from "./dead-letters";
import type { DeadLetter } from "./dead-letters-api";
import classes from "./Messages.module.css";

type ChooseProps = {
  letter: DeadLetter;
  chosen: ReadonlySet<string>;
  onChoose: (id: string, on: boolean) => void;
};

/** Choosing a row does not open it. */
export function Choose({ letter, chosen, onChoose }: ChooseProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the row from opening
    <span
      className={classes.cell}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Checkbox
        aria-label={t("undelivered.choose", {
          name: letter.member?.memberName ?? label("deadTopic", letter.topic),
        })}
        checked={chosen.has(letter.id)}
        onChange={(event) => onChoose(letter.id, event.currentTarget.checked)}
        data-testid="undelivered-choose"
      />
    </span>
  );
}

export function letterColumns(
  chosen: ReadonlySet<string>,
  onChoose: ChooseProps["onChoose"],
): Column<DeadLetter>[] {
  return [
    {
      key: "choose",
      header: <span className="visually-hidden">{t("undelivered.chosen")}</span>,
      width: "44px",
      render: (letter) => <Choose letter={letter} chosen={chosen} onChoose={onChoose} />,
    },
    {
      key: "deadAt",
      header: t("undelivered.deadAt"),
      width: "116px",
      render: ({ deadAt }) => momentText(deadAt),
    },
    {
      key: "what",
      header: t("undelivered.topic"),
      width: "minmax(120px, 1fr)",
      hide: "narrow",
      render: ({ topic }) => label("deadTopic", topic),
    },
    {
      key: "to",
      header: t("messages.to"),
      width: "minmax(110px, 1.2fr)",
      render: ({ member }) => member?.memberName ?? "—",
    },
    {
      key: "why",
      header: t("undelivered.why"),
      width: "minmax(150px, 2fr)",
      render: ({ code }) => <span title={whyText(code)}>{shortWhy(code)}</span>,
    },
    {
      key: "attempts",
      header: t("undelivered.attempts"),
      width: "90px",
      align: "end",
      hide: "medium",
      render: ({ attempts }) => attempts,
    },
  ];
}
