/** Who did what to the member's record; administrators only. */
import { Button } from "@mantine/core";
import { nodes } from "../../api/groups";
import { Failed, LoadingRows } from "../../components/States";
import { Timeline } from "../../components/Timeline";
import { label, t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { useMemberHistoryInfiniteQuery } from "./members-api";

export function MemberHistory({ memberId }: { memberId: string }) {
  const query = useMemberHistoryInfiniteQuery(memberId);
  if (!query.currentData) {
    return query.isError ? <Failed error={query.error} retry={query.refetch} /> : <LoadingRows />;
  }
  return (
    <div data-testid="member-history">
      <Timeline
        label={t("member.history")}
        items={nodes(query.currentData.pages).map(({ id, at, action, actor }) => ({
          key: id,
          when: momentText(at),
          title: label("audit", action),
          by: actor?.name ?? t("member.system"),
        }))}
      />
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("member.more")}
        </Button>
      )}
    </div>
  );
}
