/** A contribution is in the books: its receipt, and the way to take it back. */
import { Alert, Button, Group } from "@mantine/core";
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { PaperButton } from "../../components/papers/PaperButton";
import { ReverseForm } from "../../components/ReverseForm";
import type { RecordContributionMutation } from "../../gen/graphql";
import { t } from "../../i18n";
import { receiptPage, receiptText } from "../../lib/receipt";
import { useSession } from "../../lib/use-session";

export type Recording = Pick<
  RecordContributionMutation["recordContribution"],
  "entryId" | "amount" | "contributionType" | "receiptNumber" | "receiptCode" | "member"
>;
export function Recorded({ done, onUndone }: { done: Recording; onUndone: () => void }) {
  const { user } = useSession();
  const [undoing, setUndoing] = useState(false);
  const { entryId, amount, member } = done;
  const receipt = receiptText(done);
  const page = receiptPage();
  return (
    <Alert color="green" variant="light" role="status" data-testid="contribution-done">
      {t("contribution.done", { amount: formatKes(fromDecimal(amount)), receipt })}
      {page && ` ${t("receipt.page")}: ${page}`}
      <Group gap="xs" mt="xs">
        <PaperButton
          size="xs"
          name={done.receiptNumber}
          offers={[{ kind: "RECEIPT", subjectId: entryId }]}
        />
        {/* The books forget nothing: it is taken back by an entry of its own, which only they may. */}
        {user?.role === "SYSTEM_ADMIN" && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            onClick={() => setUndoing(true)}
            data-testid="contribution-undo"
          >
            {t("contribution.undo")}
          </Button>
        )}
      </Group>
      {undoing && (
        <ReverseForm
          entryId={entryId}
          amount={amount}
          reason={t("contribution.undoReason")}
          facts={[
            { name: t("review.what"), value: t(`kind.${done.contributionType}`) },
            { name: t("picker.member"), value: member.memberName },
            { name: t("funds.receipt"), value: receipt },
          ]}
          onDone={onUndone}
          onClose={() => setUndoing(false)}
        />
      )}
    </Alert>
  );
}

export function Undone() {
  return (
    <Alert color="gray" variant="light" role="status" data-testid="contribution-undone">
      {t("contribution.undone")}
    </Alert>
  );
}
