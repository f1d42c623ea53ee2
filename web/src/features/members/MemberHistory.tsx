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
        items={nodes(query.currentData.pages).map(({ id, at, action, actor, detail }) => ({
          key: id,
          when: momentText(at),
          title: label("audit", action),
          detail: action === "member.changed" ? fieldsText(detail) : null,
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

/** The fields that were changed; before and after are sealed with the member's key. */
function fieldsText(detail: string): string {
  const columns: unknown = JSON.parse(detail);
  if (!Array.isArray(columns)) return "";
  return columns.map((column) => label("memberField", camel(String(column)))).join(", ");
}

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
