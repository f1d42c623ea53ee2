/** Who approved with which words, and whose approval is still needed. */

import { IconCircleCheck, IconClock } from "@tabler/icons-react";
import { DetailSection } from "../../components/DetailPage";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import classes from "./LoanPage.module.css";
import type { Loan } from "./loans-api";

export function Approvals({ loan }: { loan: Loan }) {
  return (
    <DetailSection id="loan-approvals" title={t("loan.approvals")}>
      <ul className={classes.list} data-testid="loan-approvals">
        {loan.approvals.map((approval) => (
          <li key={approval.approvedBy.id} className={classes.place} data-given>
            <IconCircleCheck size={16} aria-hidden />
            <div>
              {approval.approvedBy.name}
              <small>
                {t(`role.${approval.role}`)} · {momentText(approval.decidedAt)}
                {approval.onOfficersDevice && ` · ${t("loan.signedOnPhone")}`}
              </small>
              {approval.notes && <p className={classes.quote}>{approval.notes}</p>}
            </div>
          </li>
        ))}
        {missingOnes(loan).map(({ key, role }) => (
          <li key={key} className={classes.place} data-testid="approval-missing">
            <IconClock size={16} aria-hidden />
            <div>
              {t(`role.${role}`)}
              <small>{t("loan.approvalMissing")}</small>
            </div>
          </li>
        ))}
      </ul>
      {loan.approvals.length + loan.approvalsMissing.length === 0 && (
        <p className={classes.note}>{t("loan.noApprovals")}</p>
      )}
      {loan.rejectedReason && (
        <p className={classes.quote}>{t("loan.because", { reason: loan.rejectedReason })}</p>
      )}
    </DetailSection>
  );
}

/** Two of the committee are two places. */
function missingOnes({ approvalsMissing }: Loan) {
  return approvalsMissing.map((role, index) => ({ key: `${role}-${index}`, role }));
}
