import { DetailSection } from "../../components/DetailPage";
import { t } from "../../i18n";
import { type Costed, costInWords } from "./cost";
import classes from "./LoanPage.module.css";

/** The full cost, in the sentences that the member hears. */
export function CostText({ loan }: { loan: Costed }) {
  const [first, ...rest] = costInWords(loan).map(({ key, values }) => t(key, values));
  return (
    <div className={classes.cost} data-testid="loan-cost">
      <p className={classes.lead}>{first}</p>
      {rest.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

export function Cost({ loan }: { loan: Costed }) {
  return (
    <DetailSection id="loan-cost" title={t("loan.cost")}>
      <CostText loan={loan} />
    </DetailSection>
  );
}
