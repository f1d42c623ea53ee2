/**
 * The two tables of the books side by side, as on paper: the cash ledger and the TRF. A line that is
 * opened takes the TRF's place.
 */
import { useCallback } from "react";
import { useOpened } from "../../lib/use-filters";
import { useOneColumn } from "../../lib/use-narrow";
import classes from "./Books.module.css";
import { CashLedger } from "./CashLedger";
import { LinePanel } from "./LinePanel";
import { TrfSheet } from "./TrfSheet";
import type { GroupFeed } from "./use-group-feed";
import { useLedger } from "./use-ledger";

export function Books({ groupId, feed }: { groupId: string; feed: GroupFeed }) {
  const ledger = useLedger(groupId, feed);
  const [opened, open] = useOpened("line");
  const close = useCallback(() => open(null), [open]);
  const covers = useOneColumn();
  const line = opened && ledger.lines.find(({ id }) => id === opened);
  return (
    <div className={classes.books}>
      <CashLedger ledger={ledger} fresh={feed.fresh} opened={opened} onOpen={open} />
      {line && <LinePanel key={line.id} line={line} onClose={close} />}
      {(!line || covers) && <TrfSheet groupId={groupId} />}
    </div>
  );
}
