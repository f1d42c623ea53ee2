import { formatPhone } from "@tablebanking/common/phone";
import type { Column } from "../../components/DataTable";
import { StatusBadge } from "../../components/StatusBadge";
import { t } from "../../i18n";
import { momentText } from "../../lib/dates";
import type { ExportColumn } from "../../lib/export/rows";
import type { PersonRow } from "./people-api";
import { groupsText, TONES, unsentCount } from "./people-words";

const seen = ({ lastSignInAt }: PersonRow) =>
  lastSignInAt ? momentText(lastSignInAt) : t("people.never");

export const columns = (): Column<PersonRow>[] => [
  {
    key: "name",
    header: t("people.name"),
    sortKey: "NAME",
    width: "minmax(180px, 2fr)",
    render: ({ name }) => <span title={name}>{name}</span>,
  },
  {
    key: "role",
    header: t("people.role"),
    width: "minmax(172px, 1fr)",
    render: ({ role }) => <span title={t(`role.${role}`)}>{t(`role.${role}`)}</span>,
  },
  {
    key: "status",
    header: t("people.status"),
    width: "138px",
    render: ({ status }) => (
      <StatusBadge tone={TONES[status]} text={t(`people.status.${status}`)} />
    ),
  },
  {
    key: "phone",
    header: t("people.phone"),
    width: "128px",
    hide: "medium",
    render: ({ phone }) => formatPhone(phone),
  },
  {
    key: "groups",
    header: t("people.groups"),
    width: "minmax(120px, 2fr)",
    hide: "narrow",
    render: (person) => (
      <span title={person.assignedGroups.map(({ name }) => name).join(", ")}>
        {groupsText(person) || "—"}
      </span>
    ),
  },
  {
    key: "seen",
    header: t("people.lastSignIn"),
    sortKey: "SEEN",
    width: "112px",
    hide: "medium",
    render: seen,
  },
  {
    key: "devices",
    header: t("people.devices"),
    width: "60px",
    align: "end",
    hide: "medium",
    render: ({ deviceCount }) => deviceCount,
  },
  {
    key: "unsent",
    header: t("people.unsent"),
    width: "104px",
    align: "end",
    hide: "narrow",
    render: (person) => {
      const count = unsentCount(person);
      return count > 0 ? <StatusBadge tone="waiting" text={String(count)} /> : "—";
    },
  },
];

export const exportColumns = (): ExportColumn<PersonRow>[] => [
  { header: t("people.name"), value: ({ name }) => name },
  { header: t("people.phone"), value: ({ phone }) => formatPhone(phone) },
  { header: t("people.role"), value: ({ role }) => t(`role.${role}`) },
  { header: t("people.status"), value: ({ status }) => t(`people.status.${status}`) },
  {
    header: t("people.groups"),
    value: ({ assignedGroups }) => assignedGroups.map(({ name }) => name).join(", "),
  },
  { header: t("people.lastSignIn"), value: seen },
  { header: t("people.devices"), kind: "number", value: ({ deviceCount }) => deviceCount },
  { header: t("people.unsent"), kind: "number", value: unsentCount },
];
