/** What is typed of an application, kept on disk with every key, and what it comes to. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { type FormEvent, useState } from "react";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { toFirstProblem } from "../../lib/first-problem";
import { goBack, navigate, useQuery } from "../../lib/router";
import { useDraft } from "../../state/draft";
import { applyForLoan } from "../../state/loan-actions";
import { costOf } from "../../state/loans";
import { usePrefs } from "../../state/prefs";
import { reasonsOf } from "./eligibility";
import { BLANK_TERMS, readTerms, type TermsValues, termsFromQuery, termsQuery } from "./terms";
import type { Borrower } from "./use-borrower";

const MIN_PURPOSE = 3;

interface Typed {
  /** Of the day on which it was begun: what lies there from another day is forgotten. */
  date: IsoDate;
  values: TermsValues;
  witnesses: string[];
  purpose: string;
}

const BLANK: Typed = { date: "", values: BLANK_TERMS, witnesses: [], purpose: "" };

/** The way to the ID's pictures and back, and the lock of the phone, cost nothing that was typed. */
function useTyped(memberId: string) {
  const asked = termsFromQuery(useQuery());
  const key = `apply:${memberId}:${termsQuery(asked)}`;
  const { value, set, written } = useDraft<Typed>(key, BLANK);
  const today = todayInNairobi();
  const fresh = (old: Typed) => (old.date === today ? old : { ...BLANK, values: asked });
  const change = (part: Partial<Typed>) => set((old) => ({ ...fresh(old), ...part, date: today }));
  return { typed: fresh(value), change, written, key };
}

export function useApplication(borrower: Borrower, meetingId: string | null) {
  const language = usePrefs((state) => state.language);
  const { member, group, openLoan } = borrower;
  const { typed, change, written, key } = useTyped(member.id);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { values, witnesses, purpose } = typed;
  const { terms, errors } = readTerms(values);
  const cost = terms && group.terms ? costOf(group.terms, terms, todayInNairobi()) : null;
  const reasons = reasonsOf(borrower.factsFor(terms?.amount ?? 0, witnesses), {
    memberId: member.id,
    openLoanId: openLoan?.id ?? null,
    language,
  });
  const said = purpose.trim().replace(/\s+/g, " ");
  const purposeMissing = said.length < MIN_PURPOSE;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLElement;
    setTried(true);
    if (busy || !terms || !cost || purposeMissing || reasons.length > 0) {
      toast(t("apply.notSaved"), "bad");
      toFirstProblem(form);
      return;
    }
    setBusy(true);
    const asked = { ...terms, cost, witnesses, purpose: said, date: todayInNairobi() };
    await written();
    const id = await applyForLoan({ ...asked, groupId: group.id, memberId: member.id }, key);
    toast(t("apply.saved", { name: member.memberName }));
    if (meetingId) goBack(`/meetings/${meetingId}/loans`);
    else navigate(`/loans/${id}`, { replace: true });
  };
  return {
    ...{ values, witnesses, purpose, change },
    ...{ terms, errors, cost, reasons, tried, busy, purposeMissing, submit },
  };
}
