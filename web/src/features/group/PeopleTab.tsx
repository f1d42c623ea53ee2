/** Who leads the group (elected members) and who serves it (field officers). */
import { Button } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatPhone } from "@tablebanking/common/phone";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { QueryStates } from "../../components/QueryStates";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { asRequestError, errorText } from "../../lib/error-text";
import { useSession } from "../../lib/use-session";
import { AssignOfficerModal, AssignOfficialModal } from "./AssignModals";
import {
  type GroupPeople,
  useGroupPeopleQuery,
  useRemoveGroupOfficerMutation,
  useRemoveGroupOfficialMutation,
} from "./group-parts-api";
import classes from "./tabs.module.css";

type Ending = { kind: "official" | "officer"; id: string; name: string; role: string };

export default function PeopleTab({ groupId }: { groupId: string }) {
  const query = useGroupPeopleQuery(groupId);
  const [adding, setAdding] = useState<"official" | "officer" | null>(null);
  const [ending, setEnding] = useState<Ending | null>(null);
  const { user } = useSession();
  const mayManage = user?.role === "SYSTEM_ADMIN";
  return (
    <QueryStates query={query}>
      {(group) =>
        group && (
          <div className={classes.columns}>
            <Section
              title={t("groupPeople.officials")}
              empty={t("groupPeople.noOfficials")}
              addLabel={t("groupPeople.addOfficial")}
              onAdd={mayManage ? () => setAdding("official") : undefined}
              testId="officials"
              rows={group.officials.map(toOfficialRow)}
              onEnd={mayManage ? (row) => setEnding({ ...row, kind: "official" }) : undefined}
            />
            <Section
              title={t("groupPeople.officers")}
              empty={t("groupPeople.noOfficers")}
              addLabel={t("groupPeople.addOfficer")}
              onAdd={mayManage ? () => setAdding("officer") : undefined}
              testId="officers"
              rows={group.officers.map(toOfficerRow)}
              onEnd={mayManage ? (row) => setEnding({ ...row, kind: "officer" }) : undefined}
            />
            {adding === "official" && (
              <AssignOfficialModal groupId={groupId} onClose={() => setAdding(null)} />
            )}
            {adding === "officer" && (
              <AssignOfficerModal group={group} onClose={() => setAdding(null)} />
            )}
            {ending && (
              <EndDialog groupId={groupId} ending={ending} onClose={() => setEnding(null)} />
            )}
          </div>
        )
      }
    </QueryStates>
  );
}

const sinceText = (instant: string) =>
  t("groupPeople.since", { date: plainDate(todayInNairobi(new Date(instant))) });

type Row = { id: string; name: string; role: string; detail: string };

function toOfficialRow({ office, since, member }: GroupPeople["officials"][number]): Row {
  const detail = [formatPhone(member.phone), sinceText(since)];
  return {
    id: member.id,
    name: member.memberName,
    role: t(`office.${office}`),
    detail: detail.join(" · "),
  };
}

function toOfficerRow({ since, officer }: GroupPeople["officers"][number]): Row {
  const detail = [formatPhone(officer.phone), sinceText(since)];
  return {
    id: officer.id,
    name: officer.user.name,
    role: t("role.FIELD_OFFICER"),
    detail: detail.join(" · "),
  };
}

type SectionProps = {
  title: string;
  empty: string;
  addLabel: string;
  rows: readonly Row[];
  testId: string;
  onAdd?: () => void;
  onEnd?: (row: Row) => void;
};

function Section({ title, empty, addLabel, rows, testId, onAdd, onEnd }: SectionProps) {
  return (
    <section className={classes.card} aria-label={title} data-testid={testId}>
      <h2 className={classes.heading}>
        {title}
        {onAdd && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={onAdd}
            data-testid={`${testId}-add`}
          >
            {addLabel}
          </Button>
        )}
      </h2>
      {rows.length === 0 && <p className={classes.soft}>{empty}</p>}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.id} className={classes.row} data-testid={`${testId}-row`}>
            <div className={classes.who}>
              <strong>{row.name}</strong>
              <div className={classes.soft}>{`${row.role} · ${row.detail}`}</div>
            </div>
            {onEnd && (
              <Button
                size="xs"
                variant="subtle"
                color="red"
                onClick={() => onEnd(row)}
                aria-label={t("groupPeople.endOf", { name: row.name })}
              >
                {t("groupPeople.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type EndProps = { groupId: string; ending: Ending; onClose: () => void };

function EndDialog({ groupId, ending, onClose }: EndProps) {
  const [endOfficial, official] = useRemoveGroupOfficialMutation();
  const [endOfficer, officer] = useRemoveGroupOfficerMutation();
  const failure = official.error ?? officer.error;
  const confirm = async () => {
    const answer =
      ending.kind === "official"
        ? await endOfficial({ groupId, memberId: ending.id })
        : await endOfficer({ groupId, officerId: ending.id });
    if (!answer.error) onClose();
  };
  return (
    <ConfirmDialog
      title={t(ending.kind === "official" ? "groupPeople.endOfficial" : "groupPeople.endOfficer")}
      facts={[
        { name: t("groupPeople.name"), value: ending.name },
        { name: t("groupPeople.role"), value: ending.role },
      ]}
      note={t(
        ending.kind === "official" ? "groupPeople.endOfficialNote" : "groupPeople.endOfficerNote",
      )}
      confirmLabel={t("groupPeople.end")}
      danger
      busy={official.isLoading || officer.isLoading}
      error={failure ? errorText(asRequestError(failure), true) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
