/** Every message, the newest first: its words, to whom, and what became of it. */
import { Alert, Button } from "@mantine/core";
import { useMemo } from "react";
import { useConfig } from "../../api/config";
import { nodes } from "../../api/groups";
import { type MessageRow, useMessagesInfiniteQuery } from "../../api/messages";
import { pageSource } from "../../api/page-source";
import { ExportMenu } from "../../components/ExportMenu";
import { FilterSelect } from "../../components/FilterSelect";
import { ListPage } from "../../components/ListPage";
import { MemberPicker } from "../../components/MemberPicker";
import { MessagePanel } from "../../components/messages/MessagePanel";
import { MessageCard, messageColumns } from "../../components/messages/message-columns";
import { MESSAGE_STATES, recipientOf } from "../../components/messages/message-words";
import { PagedTable } from "../../components/PagedTable";
import { Empty } from "../../components/States";
import { MessagesDocument, type MessagesQuery } from "../../gen/graphql";
import { t } from "../../i18n";
import type { ExportColumn } from "../../lib/export/rows";
import { useFilters, useOpened } from "../../lib/use-filters";
import classes from "./Messages.module.css";

export function MessagesTab() {
  const { currency } = useConfig();
  const filters = useFilters({ member: "", state: "" });
  const { values, set } = filters;
  const [opened, open] = useOpened("message");
  const asked = useMemo(
    () => ({
      memberId: values.member || null,
      state: MESSAGE_STATES.find((state) => state === values.state) ?? null,
    }),
    [values],
  );
  const query = useMessagesInfiniteQuery(asked, { refetchOnFocus: true });
  const rows = nodes(query.currentData?.pages);
  const message = rows.find(({ id }) => id === opened);
  const ofMember = message?.member?.id;
  return (
    <ListPage
      title={t("nav.messages")}
      count={(count) => t("messages.count", { count })}
      query={query}
      testId="messages-page"
      actions={
        <ExportMenu
          title={t("nav.messages")}
          columns={exportColumns(currency)}
          source={pageSource(MessagesDocument, asked, (answer: MessagesQuery) => answer.messages)}
        />
      }
      filters={
        <>
          <MemberPicker
            groupId={null}
            all={t("messages.everybody")}
            value={values.member}
            onChange={(member) => set({ member })}
            testId="messages-member"
          />
          <FilterSelect
            label={t("messages.state")}
            all={t("messages.allStates")}
            options={MESSAGE_STATES.map((value) => ({ value, label: t(`messageState.${value}`) }))}
            value={values.state}
            onChange={(state) => set({ state })}
            testId="messages-state"
          />
        </>
      }
      panel={
        message && (
          <MessagePanel message={message} onClose={() => open(null)}>
            {ofMember && values.member !== ofMember && (
              <Button variant="default" onClick={() => set({ member: ofMember })}>
                {t("messages.allOfMember")}
              </Button>
            )}
          </MessagePanel>
        )
      }
    >
      {rows.some(({ state }) => state === "SHOWN") && (
        <Alert
          color="gray"
          variant="light"
          className={classes.shown}
          title={t("messages.noProvider")}
          data-testid="messages-no-provider"
        >
          {t("messages.noProviderHint")}
        </Alert>
      )}
      <PagedTable
        label={t("nav.messages")}
        testId="messages-table"
        query={query}
        columns={messageColumns(currency)}
        card={(row) => <MessageCard message={row} />}
        rowTestId="message-row"
        selectedKey={opened}
        onOpen={open}
        empty={
          <Empty
            title={t(filters.narrowed ? "messages.noMatch" : "messages.empty")}
            hint={filters.narrowed ? undefined : t("messages.emptyHint")}
          />
        }
      />
    </ListPage>
  );
}

/** Without the words: what a member was told stays where it can be looked up, and erased. */
const exportColumns = (currency: string): ExportColumn<MessageRow>[] => [
  { header: t("messages.written"), value: ({ createdAt }) => createdAt },
  { header: t("messages.to"), value: recipientOf },
  { header: t("messages.what"), value: ({ template }) => t(`messageTemplate.${template}`) },
  { header: t("messages.state"), value: ({ state }) => t(`messageState.${state}`) },
  { header: t("messages.sent"), value: ({ sentAt }) => sentAt },
  { header: t("messages.delivered"), value: ({ deliveredAt }) => deliveredAt },
  { header: t("messages.cost", { currency }), value: ({ cost }) => cost, kind: "money", sum: true },
];
