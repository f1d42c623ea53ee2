/** What the member was written; administrators only. */
import { useConfig } from "../../api/config";
import { nodes } from "../../api/groups";
import { useMessagesInfiniteQuery } from "../../api/messages";
import { MessagePanel } from "../../components/messages/MessagePanel";
import { MessageCard, messageColumns } from "../../components/messages/message-columns";
import { PagedTable } from "../../components/PagedTable";
import { QueryStates } from "../../components/QueryStates";
import { Empty } from "../../components/States";
import { t } from "../../i18n";
import { useOpened } from "../../lib/use-filters";
import classes from "./MemberPage.module.css";

export default function MessagesTab({ memberId }: { memberId: string }) {
  const { currency } = useConfig();
  const query = useMessagesInfiniteQuery({ memberId, state: null }, { refetchOnFocus: true });
  const [opened, open] = useOpened("message");
  const message = nodes(query.currentData?.pages).find(({ id }) => id === opened);
  return (
    <QueryStates query={query}>
      {() => (
        <div className={classes.split}>
          <div className={classes.lines}>
            <PagedTable
              label={t("memberMessages.title")}
              testId="member-messages-table"
              query={query}
              columns={messageColumns(currency, true)}
              card={(row) => <MessageCard message={row} />}
              rowTestId="message-row"
              selectedKey={opened}
              onOpen={open}
              empty={<Empty title={t("memberMessages.empty")} />}
            />
          </div>
          {message && <MessagePanel message={message} onClose={() => open(null)} />}
        </div>
      )}
    </QueryStates>
  );
}
