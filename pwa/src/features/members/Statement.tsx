import { todayInNairobi } from "@tablebanking/common/dates";
import { sumCents } from "@tablebanking/common/money";
import { Button } from "../../components/Button";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { shareText } from "../../platform/files";
import { savingsOf } from "../../state/balances";
import { type ListedMember, useData } from "../../state/data";
import { finesOwed, useHistory } from "../../state/history";
import { dueNow } from "../../state/loans";
import { usePrefs } from "../../state/prefs";
import { useRecords } from "../../state/records";
import { statementOf } from "../../state/statement";

/** The member's own figures, for a message to the member. */
export function Statement({ member }: { member: ListedMember }) {
  const months = useHistory(member.id);
  const loans = useRecords("loans", member.id);
  const fines = useRecords("fineCharges", member.id);
  const language = usePrefs((state) => state.language);
  if (!months || !loans || !fines) return null;
  const share = async () => {
    const { operations, copiedAt, groups } = useData.getState();
    const today = todayInNairobi();
    const text = statementOf({
      memberName: member.memberName,
      groupName: groups.get(member.groupId)?.name ?? "",
      savings: savingsOf(member, operations, copiedAt.get(member.id) ?? 0),
      finesOwed: finesOwed(fines),
      loansOwed: sumCents(loans.map((loan) => dueNow(loan, fines, today).settles)),
      months,
      today,
      language,
    });
    const done = await shareText(text);
    if (done === "copied") toast(t("statement.copied"));
    if (done === null) toast(t("statement.failed"), "bad");
  };
  return (
    <Button icon="share" wide onClick={() => void share()} data-testid="statement">
      {t("statement.share")}
    </Button>
  );
}
