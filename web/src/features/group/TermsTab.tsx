/** The group's terms, and who changed which of them when. */
import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useConfig } from "../../api/config";
import { nodes } from "../../api/groups";
import { KeyValues } from "../../components/KeyValues";
import { QueryStates } from "../../components/QueryStates";
import { Timeline } from "../../components/Timeline";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { useSession } from "../../lib/use-session";
import {
  type GroupTerms,
  useGroupTermsQuery,
  useSettingsHistoryInfiniteQuery,
} from "./group-parts-api";
import classes from "./tabs.module.css";
import { SECTIONS, termLabel, termText } from "./terms";

const EditTermsDrawer = lazy(() => import("./EditTermsDrawer"));

export default function TermsTab({ groupId }: { groupId: string }) {
  const query = useGroupTermsQuery(groupId);
  return (
    <QueryStates query={query}>
      {(group) =>
        group && (
          <div className={classes.columns}>
            <Terms group={group} />
            <History groupId={groupId} />
          </div>
        )
      }
    </QueryStates>
  );
}

function Terms({ group }: { group: GroupTerms }) {
  const { user } = useSession();
  const { currency } = useConfig();
  const [editing, setEditing] = useState(false);
  return (
    <section className={classes.card} aria-label={t("terms.title")} data-testid="terms">
      <h2 className={classes.heading}>
        {t("terms.title")}
        {user?.role === "SYSTEM_ADMIN" && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => setEditing(true)}
            data-testid="edit-terms"
          >
            {t("terms.edit")}
          </Button>
        )}
      </h2>
      <p className={classes.soft}>{t("terms.keep")}</p>
      {SECTIONS.map(({ key, terms }) => (
        <div key={key}>
          <h3 className={classes.section}>{t(`terms.section.${key}`)}</h3>
          <KeyValues
            items={terms.map((name) => ({
              name: termLabel(name),
              value: termText(name, group.settings[name], currency),
              figure: true,
              testId: `term-${name}`,
            }))}
          />
        </div>
      ))}
      <Suspense>
        {editing && <EditTermsDrawer group={group} onClose={() => setEditing(false)} />}
      </Suspense>
    </section>
  );
}

function History({ groupId }: { groupId: string }) {
  const query = useSettingsHistoryInfiniteQuery(groupId);
  const { currency } = useConfig();
  return (
    <section className={classes.card} aria-label={t("terms.history")} data-testid="terms-history">
      <h2 className={classes.heading}>{t("terms.history")}</h2>
      <QueryStates query={query}>
        {({ pages }) => (
          <Timeline
            label={t("terms.history")}
            items={nodes(pages).map((change) => ({
              key: change.id,
              when: momentText(change.at),
              by: change.changedBy?.name,
              title: termLabel(change.setting),
              detail: `${termText(change.setting, change.from, currency)} → ${termText(change.setting, change.to, currency)}`,
            }))}
          />
        )}
      </QueryStates>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("terms.older")}
        </Button>
      )}
    </section>
  );
}
