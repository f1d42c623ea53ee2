/** What the server did not take of this loan, or holds at the office: said where the loan is. */
import { StateBadge } from "../../components/StateBadge";
import { hasWord, t } from "../../i18n";
import { say } from "../../i18n/say";
import type { Operation } from "../../lib/model";
import { kindOf } from "../../operations";
import { useData } from "../../state/data";
import { needsOfficer } from "../../sync/outbox";
import styles from "./loans.module.css";

/** The loan that an operation is about; "" for others. */
export function loanOfOperation({ type, entityId, body }: Operation): string {
  if ("loanId" in body.input) return body.input.loanId;
  return type === "applyForLoan" ? entityId : "";
}

export const isTroubled = (operation: Operation) =>
  needsOfficer(operation) || operation.status === "held";

export function useTroubled(loanId: string): Operation[] {
  const operations = useData((state) => state.operations);
  return operations.filter((one) => isTroubled(one) && loanOfOperation(one) === loanId);
}

export function OfficeNotices({ operations }: { operations: readonly Operation[] }) {
  return operations.map((operation) => {
    const line = kindOf(operation.type)?.words?.(operation.body);
    return (
      <a key={operation.id} href="#/outbox" className={styles.notice} data-testid="loan-notice">
        <StateBadge status={operation.status} />
        {line && <span className={styles.strong}>{say(line)}</span>}
        <span>{because(operation)}</span>
      </a>
    );
  });
}

function because({ status, code, outcome }: Operation): string {
  const codes = outcome?.details.length ? outcome.details.map((one) => one.code) : [code ?? ""];
  const rules = codes.map((one) => {
    const key = `why.${one}`;
    return hasWord(key) ? t(key) : t("why.rejected", { message: outcome?.message ?? one });
  });
  if (status === "failed") return t("why.failed");
  return status === "held" ? [t("why.held"), ...rules].join(" ") : rules.join(" ");
}
