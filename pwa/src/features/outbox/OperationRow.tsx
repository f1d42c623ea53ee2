import { formatMoment, formatTime } from "@tablebanking/common/dates";
import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { CorrectionForm } from "../../components/CorrectionForm";
import { Dialog } from "../../components/Dialog";
import { ReceiptDialog } from "../../components/ReceiptDialog";
import { RemoveForm } from "../../components/RemoveForm";
import { StateBadge } from "../../components/StateBadge";
import { t } from "../../i18n";
import type { Contribution, Operation } from "../../lib/model";
import { navigate } from "../../lib/router";
import { whole } from "../../lib/whole";
import { kindOf } from "../../operations";
import { contributionOf } from "../../operations/recordContribution";
import { sendAgain } from "../../state/actions";
import { correctable } from "../../state/corrections";
import { usePrefs } from "../../state/prefs";
import { receiptPath } from "../../state/receipts";
import { type Behind, describe, groupNameOf, reasonFor } from "../../state/words";
import { isEditable, needsOfficer } from "../../sync/outbox";
import { canPass } from "./again";
import styles from "./outbox.module.css";

interface Props {
  operation: Operation;
  behind: Behind | null;
  /** Group and day stand above it. */
  grouped: boolean;
}

export function OperationRow({ operation, behind, grouped }: Props) {
  const language = usePrefs((state) => state.language);
  const [open, setOpen] = useState<"view" | "edit" | "remove" | null>(null);
  const [touched, setTouched] = useState(false);
  const reason = reasonFor(operation, behind);
  const made = grouped
    ? formatTime(operation.timestamp, language)
    : formatMoment(operation.timestamp, language);
  const isPayment = operation.type === "recordContribution";
  const payment = correctable(operation.body);
  const needy = needsOfficer(operation);
  // What waits, or lies at the office, is left alone by most: its actions show at a touch.
  const showActions = needy || (touched && (!isPayment || operation.status === "held"));
  const touch = () => {
    setTouched(!touched);
    if (isPayment) setOpen("view");
  };
  return (
    <div data-testid="outbox-row" data-state={operation.status} className={styles.entry}>
      <button type="button" className={styles.head} onClick={touch}>
        <strong className={styles.what}>{describe(operation)}</strong>
        <span className={styles.line}>
          <span className={styles.soft}>
            {[
              !grouped && groupNameOf(operation),
              whole(made),
              operation.tries > 0 && t("outbox.tries", { count: operation.tries }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
          <StateBadge status={operation.status} />
        </span>
      </button>
      {reason && <p className={needy ? styles.wrong : styles.soft}>{reason}</p>}
      {showActions && <Actions operation={operation} onOpen={setOpen} />}
      {touched && !isPayment && <ReceiptLink operation={operation} />}
      {open && isPayment && (
        <PaymentDialog operation={operation} start={open} onClose={() => setOpen(null)} />
      )}
      {open === "edit" && !isPayment && payment && (
        <Dialog title={t("edit.title")} onClose={() => setOpen(null)}>
          <CorrectionForm operation={operation} payment={payment} onDone={() => setOpen(null)} />
        </Dialog>
      )}
      {open === "remove" && !isPayment && (
        <Dialog title={t("remove.title")} onClose={() => setOpen(null)}>
          <RemoveForm operation={operation} onDone={() => setOpen(null)} />
        </Dialog>
      )}
    </div>
  );
}

function Actions({
  operation,
  onOpen,
}: {
  operation: Operation;
  onOpen: (mode: "edit" | "remove") => void;
}) {
  const { status, type, body } = operation;
  const editable = isEditable(operation);
  const path = kindOf(type)?.editPath?.(body);
  const correct = () => {
    if (path === undefined) onOpen("edit");
    else navigate(path);
  };
  if (status === "held") {
    return (
      <div className={styles.actions}>
        <Button onClick={() => void sendAgain(operation)}>{t("outbox.askOffice")}</Button>
      </div>
    );
  }
  if (!editable && !needsOfficer(operation)) return null;
  return (
    <div className={styles.actions}>
      {status === "conflict" ? (
        <Button look="primary" onClick={() => navigate(`/outbox/${operation.id}/conflict`)}>
          {t("outbox.compare")}
        </Button>
      ) : (
        needsOfficer(operation) &&
        canPass(operation) && (
          <Button onClick={() => void sendAgain(operation)}>{t("outbox.again")}</Button>
        )
      )}
      {editable && (path !== undefined || correctable(body)) && status !== "conflict" && (
        <Button onClick={correct}>{t("outbox.edit")}</Button>
      )}
      {editable && (
        <Button look="danger" onClick={() => onOpen("remove")}>
          {t("outbox.takeBack")}
        </Button>
      )}
    </div>
  );
}

function ReceiptLink({ operation }: { operation: Operation }) {
  const path = receiptPath(operation);
  if (path === null || operation.status === "removed") return null;
  return (
    <div className={styles.actions}>
      <Button onClick={() => navigate(path)} data-testid="outbox-receipt">
        {t("receipt.show")}
      </Button>
    </div>
  );
}

function PaymentDialog({
  operation,
  start,
  onClose,
}: {
  operation: Operation;
  start: "view" | "edit" | "remove";
  onClose: () => void;
}) {
  const [contribution, setContribution] = useState<Contribution | null>(null);
  useEffect(() => {
    const { body, groupId } = operation;
    if (body.type !== "recordContribution") return;
    void contributionOf(body, groupId).then(setContribution);
  }, [operation]);
  if (!contribution) return null;
  return <ReceiptDialog contribution={contribution} start={start} onClose={onClose} />;
}
