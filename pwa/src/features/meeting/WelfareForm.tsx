import type { IsoDate } from "@tablebanking/common/dates";
import { parseMoney } from "@tablebanking/common/money";
import { cleanText } from "@tablebanking/common/signing";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { SelectField, TextField } from "../../components/Field";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { useGroupMembers } from "../../state/meetings";
import { requestWelfare } from "../../state/welfare-actions";
import styles from "./step.module.css";

interface Props {
  groupId: string;
  date: IsoDate;
  onClose: () => void;
}

export function WelfareForm({ groupId, date, onClose }: Props) {
  const members = useGroupMembers(groupId).filter((member) => member.isActive);
  const [memberId, setMemberId] = useState("");
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const amount = parseMoney(text);
  const words = cleanText(reason);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!memberId || !amount || words === "" || busy) return;
    setBusy(true);
    await requestWelfare({ id: memberId, groupId }, amount, words, date);
    toast(t("other.asked"));
    onClose();
  };
  return (
    <Dialog title={t("other.askTitle")} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <SelectField
          label={t("other.member")}
          value={memberId}
          onChange={(event) => setMemberId(event.target.value)}
          error={tried && !memberId ? t("other.chooseMember") : null}
        >
          <option value="">{t("other.chooseMember")}</option>
          {members.map((member) => (
            <option key={member.id} value={member.id}>
              {member.memberName}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("other.amount")}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={tried && !amount ? t("edit.amountWrong") : null}
        />
        <TextField
          label={t("other.reason")}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
          error={tried && words === "" ? t("other.reasonMissing") : null}
        />
        <Button look="primary" wide type="submit" disabled={busy} data-testid="welfare-ask">
          {t("other.save")}
        </Button>
      </form>
    </Dialog>
  );
}
