/** What would a loan cost? For anybody at the table, with or without a member. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { SelectField } from "../../components/Field";
import { Screen, Section } from "../../components/Screen";
import { t } from "../../i18n";
import type { Group } from "../../lib/model";
import { navigate, useQuery } from "../../lib/router";
import { useData } from "../../state/data";
import { costOf } from "../../state/loans";
import { useView } from "../../state/view";
import { CopyAge } from "./CopyAge";
import { CostSummary } from "./CostSummary";
import styles from "./loans.module.css";
import { ScheduleTable } from "./ScheduleTable";
import { TermsFields } from "./TermsFields";
import { readTerms, type Terms, termsFromQuery, termsQuery } from "./terms";

export function QuoteScreen() {
  const query = useQuery();
  const memberId = query.get("member");
  const groups = useData((state) => state.groups);
  const ofMember = useData((state) => memberId && state.members.get(memberId)?.groupId);
  const viewed = useView((state) => state.groupId);
  const [chosen, setChosen] = useState<string | null>(query.get("group"));
  const [values, setValues] = useState(() => termsFromQuery(query));
  const [touched, setTouched] = useState(false);
  const groupId = ofMember || chosen || viewed || ([...groups.keys()][0] ?? "");
  const group = groups.get(groupId);
  useEffect(() => useView.setState({ groupId: groupId || null }), [groupId]);
  const { terms, errors } = readTerms(values);
  const apply = () => {
    const whose = memberId ? `member=${memberId}&` : groupId ? `group=${groupId}&` : "";
    navigate(`/loans/new?${whose}${termsQuery(values)}`);
  };
  return (
    <Screen title={t("quote.title")} back="/loans">
      <div className={styles.form}>
        {!ofMember && groups.size > 1 && (
          <SelectField
            label={t("form.group")}
            value={groupId}
            onChange={(event) => setChosen(event.target.value)}
          >
            {[...groups.values()].map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <TermsFields
          values={values}
          errors={touched || values.amount ? errors : {}}
          onChange={(next) => {
            setTouched(true);
            setValues(next);
          }}
        />
      </div>
      {!terms && !touched && <p className={styles.soft}>{t("quote.hint")}</p>}
      {terms && <Result group={group} terms={terms} />}
      {terms && group?.terms && (
        <Button look="primary" wide onClick={apply} data-testid="quote-apply">
          {t("quote.apply")}
        </Button>
      )}
    </Screen>
  );
}

function Result({ group, terms }: { group: Group | undefined; terms: Terms }) {
  if (!group?.terms) return <p>{t("loan.noTerms")}</p>;
  const cost = costOf(group.terms, terms, todayInNairobi());
  const loan = { ...terms, ...cost, loanAmount: terms.amount };
  return (
    <>
      <CostSummary loan={loan} />
      <CopyAge />
      <Section title={t("loan.scheduleToday")}>
        <ScheduleTable schedule={cost.schedule} running={false} />
      </Section>
    </>
  );
}
