/** The two tables of the books side by side, as on paper: the cash ledger and the TRF. */
import classes from "./Books.module.css";
import { CashLedger } from "./CashLedger";
import { TrfSheet } from "./TrfSheet";
import type { GroupFeed } from "./use-group-feed";

export function Books({ groupId, feed }: { groupId: string; feed: GroupFeed }) {
  return (
    <div className={classes.books}>
      <CashLedger groupId={groupId} feed={feed} />
      <TrfSheet groupId={groupId} />
    </div>
  );
}
