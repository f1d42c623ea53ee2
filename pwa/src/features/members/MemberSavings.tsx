import { formatMoney } from "@tablebanking/common/money";
import { Icon } from "../../components/Icon";
import { t } from "../../i18n";
import { type Balance, savingsOf } from "../../state/balances";
import { type ListedMember, useData } from "../../state/data";
import styles from "./member.module.css";

/** Money first: what the books say, and what this phone adds to it. */
export function MemberSavings({ member }: { member: ListedMember }) {
  const operations = useData((state) => state.operations);
  const at = useData((state) => state.copiedAt.get(member.id) ?? 0);
  const { regular, welfare, project } = savingsOf(member, operations, at);
  return (
    <section aria-label={t("member.savings")} className={styles.savings}>
      <p className={styles.soft}>{t("member.savings")} (KES)</p>
      <p className={styles.big} data-testid="member-savings">
        {formatMoney(regular.total)}
      </p>
      <Here of={regular} />
      <div className={styles.funds}>
        <Fund name={t("kind.WELFARE")} of={welfare} />
        <Fund name={t("kind.PROJECT")} of={project} />
      </div>
    </section>
  );
}

function Fund({ name, of }: { name: string; of: Balance }) {
  return (
    <p>
      <span className={styles.soft}>{name}</span>
      <strong>{formatMoney(of.total)}</strong>
      <Here of={of} />
    </p>
  );
}

/** More or less than the books say. */
function Here({ of: { here } }: { of: Balance }) {
  if (here === 0) return null;
  const words = here > 0 ? "member.moreHere" : "member.lessHere";
  return (
    <span className={styles.here}>
      <Icon name="clock" size={16} /> {t(words, { amount: formatMoney(Math.abs(here)) })}
    </span>
  );
}
