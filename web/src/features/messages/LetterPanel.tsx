/** One that was given up: why, whom it was for, and what may be done. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { KeyValues } from "../../components/KeyValues";
import { whyText } from "../../components/messages/message-words";
import { SidePanel } from "../../components/SidePanel";
import { label, t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { shortWhy } from "./dead-letters";
import type { DeadLetter } from "./dead-letters-api";
import classes from "./Messages.module.css";

type Props = { letter: DeadLetter; onClose: () => void; children: ReactNode };

export function LetterPanel({ letter, onClose, children }: Props) {
  const { member } = letter;
  return (
    <SidePanel title={shortWhy(letter.code)} onClose={onClose} testId="undelivered-panel">
      <div className={classes.stack}>
        <p className={classes.note}>{whyText(letter.code)}</p>
        <KeyValues
          items={[
            { name: t("undelivered.topic"), value: label("deadTopic", letter.topic) },
            {
              name: t("messages.to"),
              value: member && <Link to={`/members/${member.id}`}>{member.memberName}</Link>,
            },
            { name: t("messages.written"), value: momentText(letter.createdAt) },
            { name: t("undelivered.deadAt"), value: momentText(letter.deadAt) },
            { name: t("undelivered.attempts"), value: letter.attempts },
            { name: t("undelivered.lastError"), value: letter.lastError },
          ]}
        />
        {member && <Link to={`/messages?member=${member.id}`}>{t("messages.allOfMember")}</Link>}
        {children}
      </div>
    </SidePanel>
  );
}
