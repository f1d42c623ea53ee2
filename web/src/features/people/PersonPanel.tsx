/** One person: who they are, what they serve, what their phones hold, where they are signed in. */
import { formatPhone } from "@tablebanking/common/phone";
import { Link } from "react-router";
import { KeyValues } from "../../components/KeyValues";
import { SidePanel } from "../../components/SidePanel";
import { Empty, Failed, LoadingRows } from "../../components/States";
import { StatusBadge } from "../../components/StatusBadge";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import { useWayTo } from "../../lib/places";
import classes from "./People.module.css";
import { PersonActions } from "./PersonActions";
import { type NewCode, type PersonDetail, usePersonQuery } from "./people-api";
import { TONES, unsentCount } from "./people-words";
import { SignIns } from "./SignIns";

type Props = { id: string; onClose: () => void; onCode: (code: NewCode) => void };

export function PersonPanel({ id, onClose, onCode }: Props) {
  const { currentData: person, isError, error, refetch } = usePersonQuery(id);
  return (
    <SidePanel title={person?.name ?? t("people.one")} onClose={onClose} testId="person-panel">
      {person === undefined && !isError && <LoadingRows />}
      {person === undefined && isError && <Failed error={error} retry={refetch} />}
      {person === null && <Empty title={t("people.missing")} />}
      {person && <Person key={person.id} person={person} onCode={onCode} />}
    </SidePanel>
  );
}

function Person({ person, onCode }: { person: PersonDetail; onCode: Props["onCode"] }) {
  const way = useWayTo();
  const log = way(`/audit?person=${person.id}`);
  return (
    <div className={classes.stack}>
      <div>
        <StatusBadge
          tone={TONES[person.status]}
          text={t(`people.status.${person.status}`)}
          testId="person-status"
        />
      </div>
      <Facts person={person} />
      <PersonActions person={person} onCode={onCode} />
      <Groups person={person} />
      {unsentCount(person) > 0 && <Unsent person={person} />}
      <SignIns userId={person.id} />
      {log && <Link to={log}>{t("people.log")}</Link>}
    </div>
  );
}

function Facts({ person }: { person: PersonDetail }) {
  const { member, code } = person;
  return (
    <KeyValues
      items={[
        { name: t("people.role"), value: t(`role.${person.role}`) },
        { name: t("people.phone"), value: formatPhone(person.phone) },
        {
          name: t("people.lastSignIn"),
          value: person.lastSignInAt ? momentText(person.lastSignInAt) : t("people.never"),
        },
        { name: t("people.since"), value: momentText(person.createdAt) },
        {
          name: t("people.member"),
          value: member && <Link to={`/members/${member.id}`}>{member.memberName}</Link>,
        },
        {
          name: t("people.codeWaits"),
          value: code && t("people.codeUntil", { moment: momentText(code.expiresAt) }),
        },
      ]}
    />
  );
}

function Groups({ person }: { person: PersonDetail }) {
  if (person.role === "SYSTEM_ADMIN") return null;
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t("people.groups")}</h3>
      {person.assignedGroups.length === 0 && <p className={classes.soft}>{t("people.noGroups")}</p>}
      <ul className={classes.list}>
        {person.assignedGroups.map(({ id, name }) => (
          <li key={id} data-testid="person-serves">
            <Link to={`/groups/${id}`}>{name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Unsent({ person }: { person: PersonDetail }) {
  return (
    <section className={classes.section} data-testid="person-unsent">
      <h3 className={classes.heading}>{t("people.unsentTitle")}</h3>
      <ul className={classes.list}>
        {person.unsentWork
          .filter(({ waiting, failed }) => waiting + failed > 0)
          .map((work) => (
            <li key={work.deviceId} className={classes.words}>
              <span>{work.deviceName}</span>
              <span className={classes.soft}>{unsentText(work)}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}

function unsentText(work: PersonDetail["unsentWork"][number]): string {
  const parts = [t("people.unsentWaiting", { count: work.waiting })];
  if (work.failed > 0) parts.push(t("people.unsentFailed", { count: work.failed }));
  if (work.oldestAt) parts.push(t("people.unsentOldest", { moment: momentText(work.oldestAt) }));
  parts.push(t("people.unsentHeard", { moment: momentText(work.reportedAt) }));
  return parts.join(" · ");
}
