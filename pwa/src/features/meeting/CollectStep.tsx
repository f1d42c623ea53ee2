import { sumCents } from "@tablebanking/common/money";
import { useMemo } from "react";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { navigate } from "../../lib/router";
import { type ListedMeeting, rollOf, useCash, useGroupMembers } from "../../state/meetings";
import { Sheet } from "./Sheet";
import { StepFrame } from "./StepFrame";
import { readDraft } from "./sheet";
import { pathOf, stepWord } from "./steps";
import { useSheet } from "./use-sheet";

/** The sheet at a meeting: who is here first, with what each owes today. */
export function CollectStep({ meeting }: { meeting: ListedMeeting }) {
  const { groupId, attendance } = meeting;
  const members = rollOf(useGroupMembers(groupId), attendance);
  const sheet = useSheet(groupId, meeting);
  const cash = useCash(groupId);
  const typed = useMemo(() => {
    const { payments } = readDraft(sheet.draft);
    return sumCents(payments.filter(({ method }) => method === "CASH").map(({ amount }) => amount));
  }, [sheet.draft]);
  const isAway = (id: string) => attendance[id] === "ABSENT" || attendance[id] === "EXCUSED";
  return (
    <StepFrame meeting={meeting} step="collect" fixed foot={null}>
      <Sheet
        groupId={groupId}
        sheet={sheet}
        members={members.filter(({ id }) => !isAway(id))}
        away={members.filter(({ id }) => isAway(id))}
        cash={cash + typed}
        next={
          <Button
            look="primary"
            onClick={() => navigate(pathOf(meeting.id, "loans"))}
            data-testid="step-next"
          >
            {t("step.next", { name: t(stepWord("loans")) })}
          </Button>
        }
      />
    </StepFrame>
  );
}
