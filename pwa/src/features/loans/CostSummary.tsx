/** The full cost in sentences, the largest number first. */
import { say } from "../../i18n/say";
import { type Costed, costInWords } from "./cost";
import styles from "./loans.module.css";

export function CostSummary({ loan }: { loan: Costed }) {
  const [first, ...rest] = costInWords(loan).map(say);
  return (
    <div className={styles.cost} data-testid="loan-cost">
      <p className={styles.lead}>{first}</p>
      {rest.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
