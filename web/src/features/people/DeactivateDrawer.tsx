/** Somebody leaves: who gets each of their groups, and what their phones still hold. */
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { usePeopleNamesQuery } from "../../api/people";
import { FormDrawer } from "../../components/FormDrawer";
import { QueryStates } from "../../components/QueryStates";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { useSession } from "../../lib/use-session";
import { firstGroups, handOverOf, othersOf, withoutHeir } from "./hand-over";
import classes from "./People.module.css";
import {
  type HandOverGroup,
  type PersonDetail,
  useDeactivateUserMutation,
  useHandOverGroupsQuery,
} from "./people-api";
import { unsentCount } from "./people-words";

type Props = { person: PersonDetail; onClose: () => void };
/** Group id → who gets it, and whether the unsent work is known. */
type Values = Record<string, string>;

export default function DeactivateDrawer({ person, onClose }: Props) {
  const isOfficer = person.role === "FIELD_OFFICER";
  const query = useHandOverGroupsQuery(person.id, { skip: !isOfficer });
  if (!isOfficer) return <LeaveForm person={person} groups={[]} onClose={onClose} />;
  return (
    <QueryStates query={query}>
      {(groups) => <LeaveForm person={person} groups={groups} onClose={onClose} />}
    </QueryStates>
  );
}

function LeaveForm({ person, groups, onClose }: Props & { groups: HandOverGroup[] }) {
  const [deactivate] = useDeactivateUserMutation();
  const { user } = useSession();
  const unsent = unsentCount(person);
  const form = useForm<Values, unknown>({
    initial: { ...firstGroups(groups), acknowledgeUnsent: "" },
    check: (values) => {
      const found = withoutHeir(groups, values, person.id);
      if (unsent > 0 && !values.acknowledgeUnsent) {
        found.acknowledgeUnsent = t("people.leave.unsentNeeded");
      }
      return found;
    },
    send: (values) =>
      deactivate({
        id: person.id,
        handOver: handOverOf(groups, values),
        acknowledgeUnsent: values.acknowledgeUnsent === "yes",
      }),
    onDone: onClose,
  });
  // More came in since the page was loaded: the refusal brings the question with it.
  const asksUnsent = unsent > 0 || Boolean(form.errors.fields.acknowledgeUnsent);
  return (
    <FormDrawer
      title={t("people.leave.title", { name: person.name })}
      submitLabel={t("people.leave.submit")}
      submitTestId="leave-submit"
      danger
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <p className={classes.plain}>
        {t(person.id === user?.id ? "people.leave.self" : "people.leave.hint")}
      </p>
      {groups.length > 0 && <HandOver person={person} groups={groups} form={form} />}
      {asksUnsent && (
        <Checkbox
          label={t("people.leave.unsent", { count: unsent })}
          description={t("people.leave.unsentHint")}
          checked={form.values.acknowledgeUnsent === "yes"}
          onChange={(event) =>
            form.change({ acknowledgeUnsent: event.currentTarget.checked ? "yes" : "" })
          }
          error={form.errors.fields.acknowledgeUnsent}
          data-testid="leave-unsent"
        />
      )}
    </FormDrawer>
  );
}

type Form = ReturnType<typeof useForm<Values, unknown>>;

function HandOver({
  person,
  groups,
  form,
}: {
  person: PersonDetail;
  groups: HandOverGroup[];
  form: Form;
}) {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const { data } = usePeopleNamesQuery({
    search: search || null,
    role: "FIELD_OFFICER",
    status: "ACTIVE",
  });
  const known = data?.people ?? [];
  const many = text !== "" || (data !== undefined && data.total > known.length);
  // Whom the search does not find any more stays as chosen, by the name seen before.
  const [names, setNames] = useState<Record<string, string>>({});
  const heirs = known.filter(({ id }) => id !== person.id);
  const choose = (ids: readonly string[], heir: string) => {
    const name = heirs.find(({ id }) => id === heir)?.name;
    if (name) setNames((old) => ({ ...old, [heir]: name }));
    form.change(Object.fromEntries(ids.map((id) => [id, heir])));
  };
  const options = (chosen: string) => [
    ...(chosen && !heirs.some(({ id }) => id === chosen)
      ? [{ value: chosen, label: names[chosen] ?? "…" }]
      : []),
    ...heirs.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t("people.leave.groups")}</h3>
      {many && (
        <TextInput
          type="search"
          label={t("people.leave.find")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {groups.length > 1 && (
        <NativeSelect
          label={t("people.leave.all")}
          value=""
          onChange={(event) =>
            choose(
              groups.map(({ id }) => id),
              event.currentTarget.value,
            )
          }
          data={[{ value: "", label: t("people.leave.choose") }, ...options("")]}
          data-testid="leave-all"
        />
      )}
      {groups.map((group) => (
        <NativeSelect
          key={group.id}
          label={group.name}
          description={staying(group, person.id)}
          value={form.values[group.id] ?? ""}
          error={form.errors.fields[group.id] && t("people.leave.heirNeeded")}
          onChange={(event) => choose([group.id], event.currentTarget.value)}
          data={[
            { value: "", label: first(group, person.id) },
            ...options(form.values[group.id] ?? ""),
          ]}
          data-testid="leave-group"
        />
      ))}
    </section>
  );
}

const first = (group: HandOverGroup, leaver: string) =>
  t(othersOf(group, leaver).length > 0 ? "people.leave.nobodyElse" : "people.leave.choose");

function staying(group: HandOverGroup, leaver: string): string | undefined {
  const names = othersOf(group, leaver);
  return names.length > 0 ? t("people.leave.stays", { names: names.join(", ") }) : undefined;
}
