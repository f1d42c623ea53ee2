/** What the server did not take of this loan, or holds at the office: said where the loan is. */
import { StateBadge } from "../../components/StateBadge";
import type { Operation } from "../../lib/model";
import { useData } from "../../state/data";
import { describe, reasonFor } from "../../state/words";
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
    return (
      <a key={operation.id} href="#/outbox" className={styles.notice} data-testid="loan-notice">
        <StateBadge status={operation.status} />
        <span className={styles.strong}>{describe(operation)}</span>
        <span>{reasonFor(operation, null)}</span>
      </a>
    );
  });
}
