import { WITNESSES_NEEDED } from "@tablebanking/common/eligibility";
import { useCallback } from "react";
import { IconButton } from "../../components/Button";
import { Section } from "../../components/Screen";
import { t } from "../../i18n";
import { type ListedMember, useData } from "../../state/data";
import styles from "./loans.module.css";
import { MemberPicker } from "./MemberPicker";
import { mayWitness } from "./use-borrower";

interface Props {
  borrower: ListedMember;
  witnesses: readonly string[];
  onChange: (witnesses: string[]) => void;
}

/** Two of the group's active members, never the borrower. */
export function WitnessFields({ borrower, witnesses, onChange }: Props) {
  const members = useData((state) => state.members);
  const among = useCallback(
    (one: ListedMember) => mayWitness(one, borrower) && !witnesses.includes(one.id),
    [borrower, witnesses],
  );
  const missing = WITNESSES_NEEDED - witnesses.length;
  return (
    <Section title={t("apply.witnesses")}>
      <ul className={styles.chosen}>
        {witnesses.map((id) => {
          const name = members.get(id)?.memberName ?? "";
          return (
            <li key={id}>
              <span>{name}</span>
              <IconButton
                icon="close"
                label={t("apply.witnessRemove", { name })}
                onClick={() => onChange(witnesses.filter((other) => other !== id))}
              />
            </li>
          );
        })}
      </ul>
      {missing > 0 && (
        <>
          <p className={styles.soft}>{t("apply.witnessMissing", { count: missing })}</p>
          <MemberPicker
            label={t("apply.witnessPick")}
            testId="witness-search"
            among={among}
            onPick={({ id }) => onChange([...witnesses, id])}
          />
        </>
      )}
    </Section>
  );
}
