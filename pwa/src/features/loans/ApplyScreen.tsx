/** An application: who, how much, what it costs, who witnesses; and all that stands against it. */
import { placesFor } from "@tablebanking/common/approvals";
import { formatKes } from "@tablebanking/common/money";
import { useCallback, useEffect } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { Screen, Section } from "../../components/Screen";
import { t } from "../../i18n";
import { navigate, useQuery } from "../../lib/router";
import { type ListedMember, useData } from "../../state/data";
import { needsInWords } from "../../state/needs";
import { useView } from "../../state/view";
import { CopyAge } from "./CopyAge";
import { CostSummary } from "./CostSummary";
import styles from "./loans.module.css";
import { MemberPicker } from "./MemberPicker";
import { ReasonList } from "./ReasonList";
import { ScheduleTable } from "./ScheduleTable";
import { TermsFields } from "./TermsFields";
import { useApplication } from "./use-application";
import { type Borrower, useBorrower } from "./use-borrower";
import { WitnessFields } from "./WitnessFields";

/** For a member, for one of a group (`?group=`), or for anybody; from a meeting it leads back there. */
export function ApplyScreen() {
  const query = useQuery();
  const memberId = query.get("member");
  const borrower = useBorrower(memberId);
  const known = useData((state) => !memberId || state.members.has(memberId));
  const only = query.get("group");
  const groupId = borrower?.group.id ?? only;
  const meetingId = query.get("meeting");
  useEffect(() => useView.setState({ groupId }), [groupId]);
  const choose = (id: string | null) => {
    const rest = new URLSearchParams(query);
    if (id) rest.set("member", id);
    else rest.delete("member");
    navigate(`/loans/new?${rest}`, { replace: true });
  };
  return (
    <Screen title={t("apply.title")} back={cameFrom(meetingId, only, memberId)}>
      {!memberId && <Pick groupId={only} onPick={choose} />}
      {!known && <p>{t("member.gone")}</p>}
      {borrower && !borrower.group.terms && <p>{t("loan.noTerms")}</p>}
      {borrower?.group.terms && (
        <Application
          key={borrower.member.id}
          borrower={borrower}
          meetingId={meetingId}
          onOther={() => choose(null)}
        />
      )}
    </Screen>
  );
}

function cameFrom(meetingId: string | null, groupId: string | null, memberId: string | null) {
  if (meetingId) return `/meetings/${meetingId}/loans`;
  if (groupId) return `/loans?group=${groupId}`;
  return memberId ? `/members/${memberId}` : "/loans";
}

function Pick({ groupId, onPick }: { groupId: string | null; onPick: (id: string) => void }) {
  const name = useData((state) => groupId && state.groups.get(groupId)?.name);
  const among = useCallback(
    (one: ListedMember) => one.isActive && (!groupId || one.groupId === groupId),
    [groupId],
  );
  return (
    <Section title={t("apply.who")}>
      {name && <p className={styles.soft}>{t("apply.ofGroup", { name })}</p>}
      <MemberPicker
        label={t("apply.who")}
        testId="borrower-search"
        among={among}
        groups={!groupId}
        onPick={({ id }) => onPick(id)}
      />
    </Section>
  );
}

interface Props {
  borrower: Borrower;
  meetingId: string | null;
  onOther: () => void;
}

function Application({ borrower, meetingId, onOther }: Props) {
  const form = useApplication(borrower, meetingId);
  const { member, limit, savings } = borrower;
  const { terms, cost, reasons } = form;
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <div>
        <div className={styles.borrower}>
          <p className={styles.strong}>{member.memberName}</p>
          <Button onClick={onOther} data-testid="borrower-other">
            {t("apply.other")}
          </Button>
        </div>
        <p className={styles.lead} data-testid="loan-limit">
          {limit > 0 ? t("apply.limit", { amount: formatKes(limit) }) : t("apply.limitNone")}
        </p>
        <p className={styles.soft}>{t("apply.savings", { amount: formatKes(savings) })}</p>
        <CopyAge />
      </div>
      {reasons.length > 0 ? (
        <ReasonList
          reasons={reasons}
          onAmount={(amount) => form.change({ values: { ...form.values, amount } })}
        />
      ) : (
        <p className={styles.good} data-testid="eligible">
          <Icon name="check" size={20} /> {t("apply.eligible")}
        </p>
      )}
      <TermsFields
        values={form.values}
        errors={form.tried || form.values.amount ? form.errors : {}}
        onChange={(values) => form.change({ values })}
      />
      <TextField
        label={t("apply.purpose")}
        value={form.purpose}
        maxLength={500}
        onChange={(event) => form.change({ purpose: event.target.value })}
        error={form.tried && form.purposeMissing ? t("apply.purposeMissing") : null}
      />
      {terms && cost && (
        <>
          <CostSummary loan={{ ...terms, ...cost, loanAmount: terms.amount }} />
          <p data-testid="loan-needs">{needsInWords(placesFor(terms.amount))}</p>
          <details className={styles.more}>
            <summary>{t("loan.scheduleToday")}</summary>
            <ScheduleTable schedule={cost.schedule} running={false} />
          </details>
        </>
      )}
      <WitnessFields
        borrower={member}
        witnesses={form.witnesses}
        onChange={(witnesses) => form.change({ witnesses })}
      />
      <Button look="primary" wide type="submit" disabled={form.busy} data-testid="apply-save">
        {t("apply.save")}
      </Button>
    </form>
  );
}
