/** A receipt for the member's own phone: as a picture, or as words for a message. */
import { useState } from "react";
import { t } from "../i18n";
import { drawReceipt, type Sheet } from "../lib/receipt-picture";
import { navigate } from "../lib/router";
import { handOver, shareText } from "../platform/files";
import { useData } from "../state/data";
import { asText, sheetOf } from "../state/receipt-sheet";
import type { Entry } from "../state/receipts";
import { useSession } from "../state/session";
import { Button } from "./Button";
import styles from "./ReceiptDialog.module.css";
import { toast } from "./Toast";

export function ReceiptShare({ sheet, name }: { sheet: Sheet; name: string }) {
  const [busy, setBusy] = useState(false);
  const picture = async () => {
    setBusy(true);
    try {
      const blob = await drawReceipt(sheet);
      const handed = await handOver(new File([blob], `${name}.png`, { type: "image/png" }));
      if (handed === "downloaded") toast(t("receipt.downloaded"));
    } catch {
      toast(t("receipt.noPicture"), "bad");
    } finally {
      setBusy(false);
    }
  };
  const words = async () => {
    const handed = await shareText(asText(sheet));
    if (handed === "copied") toast(t("receipt.copied"));
    else if (handed === null) toast(t("receipt.notCopied"), "bad");
  };
  return (
    <div className={styles.actions}>
      <Button
        icon="picture"
        disabled={busy}
        onClick={() => void picture()}
        data-testid="receipt-picture"
      >
        {t("receipt.asPicture")}
      </Button>
      <Button icon="share" onClick={() => void words()} data-testid="receipt-text">
        {t("receipt.asText")}
      </Button>
    </div>
  );
}

interface EntryProps {
  about: { memberId: string; groupId: string; date: string };
  entry: Entry;
}

/** One entry alone, or with all that the member paid and was paid on that day. */
export function EntryShare({ about: { memberId, groupId, date }, entry }: EntryProps) {
  const member = useData((state) => state.members.get(memberId));
  const groupName = useData((state) => state.groups.get(groupId)?.name ?? "");
  const officerName = useSession((state) => state.account?.name ?? "");
  const about = { memberName: member?.memberName ?? "", groupName, officerName, date };
  return (
    <>
      <ReceiptShare sheet={sheetOf(about, [entry])} name={entry.number} />
      {member && (
        <Button
          wide
          onClick={() => navigate(`/receipt/${memberId}/${date}`)}
          data-testid="receipt-whole"
        >
          {t("receipt.whole")}
        </Button>
      )}
    </>
  );
}
