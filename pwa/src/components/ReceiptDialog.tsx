import { formatDate } from "@tablebanking/common/dates";
import { formatKes } from "@tablebanking/common/money";
import { useState } from "react";
import { t } from "../i18n";
import type { Contribution, Operation, SheetKind } from "../lib/model";
import { correctable } from "../state/corrections";
import { useData } from "../state/data";
import { usePrefs } from "../state/prefs";
import { paymentEntry } from "../state/receipts";
import { isEditable, isUnsent } from "../sync/outbox";
import { Button } from "./Button";
import { CorrectionForm } from "./CorrectionForm";
import { Details } from "./Details";
import { Dialog } from "./Dialog";
import styles from "./ReceiptDialog.module.css";
import { ReceiptNumber } from "./ReceiptNumber";
import { EntryShare } from "./ReceiptShare";
import { RemoveForm } from "./RemoveForm";
import { StateBadge } from "./StateBadge";

/** A contribution, or a repayment in its place. */
type Paid = Omit<Contribution, "kind"> & { kind: SheetKind };

interface Props {
  contribution: Paid;
  onClose: () => void;
  start?: "view" | "edit" | "remove";
}

/** The slip of one payment, and what may still be done about it. */
export function ReceiptDialog({ contribution, onClose, start = "view" }: Props) {
  const byEntity = useData((state) => state.byEntity);
  const operation = byEntity.get(contribution.id);
  const [mode, setMode] = useState(start);
  const editable = operation !== undefined && isEditable(operation);
  const payment = operation && editable ? correctable(operation.body) : null;
  if (operation && payment && mode === "edit") {
    return (
      <Dialog title={t("edit.title")} onClose={onClose}>
        <CorrectionForm operation={operation} payment={payment} onDone={onClose} />
      </Dialog>
    );
  }
  if (operation && editable && mode === "remove") {
    return (
      <Dialog title={t("remove.title")} onClose={onClose}>
        <RemoveForm operation={operation} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("receipt.title")} onClose={onClose}>
      <Slip contribution={contribution} operation={operation} />
      <EntryShare about={contribution} entry={paymentEntry(contribution, byEntity)} />
      {editable && (
        <div className={styles.actions}>
          {payment && <Button onClick={() => setMode("edit")}>{t("receipt.edit")}</Button>}
          <Button look="danger" onClick={() => setMode("remove")}>
            {t("receipt.takeBack")}
          </Button>
        </div>
      )}
      {operation && isUnsent(operation) && !editable && <p>{t("receipt.onWay")}</p>}
    </Dialog>
  );
}

function Slip({
  contribution,
  operation,
}: {
  contribution: Paid;
  operation: Operation | undefined;
}) {
  const language = usePrefs((state) => state.language);
  const name = useData((state) => state.members.get(contribution.memberId)?.memberName ?? "");
  const status = operation?.status ?? "saved";
  const books =
    status === "saved"
      ? t("receipt.inBooks")
      : status === "held"
        ? t("receipt.held")
        : t("receipt.notYet");
  const method = t(`method.${contribution.method}`);
  return (
    <>
      <p className={styles.amount}>{formatKes(contribution.amount)}</p>
      <ReceiptNumber
        className={styles.number}
        receiptNumber={contribution.receiptNumber}
        receiptCode={contribution.receiptCode}
      />
      <p className={styles.state}>
        <StateBadge status={status} /> {books}
      </p>
      <Details
        rows={[
          [t("receipt.member"), name],
          [t("receipt.what"), t(`kind.${contribution.kind}`)],
          [t("receipt.method"), [method, contribution.transactionId].filter(Boolean).join(" · ")],
          [t("receipt.date"), formatDate(contribution.date, language)],
        ]}
      />
    </>
  );
}
