/** Name, phone, role and what goes with the role: the same fields to invite and to edit. */
import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useGroupQuery } from "../../api/groups";
import { GroupPicker } from "../../components/GroupPicker";
import { MemberPicker } from "../../components/MemberPicker";
import type { Role } from "../../gen/graphql";
import { t } from "../../i18n";
import type { useForm } from "../../lib/use-form";
import classes from "./People.module.css";
import { groupsOf, ROLES } from "./people-words";
import type { PersonValues } from "./person-values";

type Form = Pick<
  ReturnType<typeof useForm<PersonValues, unknown>>,
  "values" | "errors" | "change" | "bind"
>;

export function PersonFields({ form, served }: { form: Form; served: readonly string[] }) {
  const { values, errors, change } = form;
  const { fields } = errors;
  const kind = groupsOf(values.role);
  const setRole = (role: Role | "") =>
    change({ role, groupIds: groupsOf(role) === "many" ? [...served] : [], memberId: "" });
  return (
    <>
      <TextInput
        label={t("people.name")}
        autoComplete="off"
        {...form.bind("name")}
        data-testid="person-name"
      />
      <TextInput
        label={t("people.phone")}
        description={t("people.phoneHint")}
        type="tel"
        autoComplete="off"
        {...form.bind("phone")}
        data-testid="person-phone"
      />
      <NativeSelect
        label={t("people.role")}
        description={values.role ? t(`people.roleHint.${values.role}`) : undefined}
        value={values.role}
        error={fields.role}
        onChange={(event) => setRole(event.currentTarget.value as Role | "")}
        data={[
          { value: "", label: t("people.chooseRole") },
          ...ROLES.map((value) => ({ value: value as string, label: t(`role.${value}`) })),
        ]}
        data-testid="person-role"
      />
      {kind === "one" && (
        <GroupPicker
          value={values.groupIds[0] ?? ""}
          error={fields.groupIds}
          onChange={(id) => change({ groupIds: id ? [id] : [], memberId: "" })}
          testId="person-group"
        />
      )}
      {kind === "one" && values.groupIds[0] && (
        <MemberPicker
          groupId={values.groupIds[0]}
          label={`${t("people.member")} (${t("common.optional")})`}
          value={values.memberId}
          error={fields.memberId}
          onChange={(memberId) => change({ memberId })}
          testId="person-member"
        />
      )}
      {kind === "many" && (
        <Groups
          ids={values.groupIds}
          error={fields.groupIds}
          onChange={(groupIds) => change({ groupIds })}
        />
      )}
    </>
  );
}

type GroupsProps = { ids: readonly string[]; error?: string; onChange: (ids: string[]) => void };

/** Any number of groups: chosen one by one, each with a way out. */
function Groups({ ids, error, onChange }: GroupsProps) {
  return (
    <fieldset className={classes.groups}>
      <legend className={classes.legend}>{t("people.groups")}</legend>
      {ids.length > 0 && (
        <ul className={classes.list}>
          {ids.map((id) => (
            <Chosen key={id} id={id} onRemove={() => onChange(ids.filter((one) => one !== id))} />
          ))}
        </ul>
      )}
      <GroupPicker
        label={t("people.addGroup")}
        all={t("people.addGroup")}
        value=""
        error={error}
        onChange={(id) => id && onChange([...ids.filter((one) => one !== id), id])}
        testId="person-groups"
      />
    </fieldset>
  );
}

function Chosen({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { data } = useGroupQuery(id);
  const name = data?.name ?? "…";
  return (
    <li className={classes.item} data-testid="person-group-chosen">
      <span className={classes.words}>{name}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={onRemove}
        aria-label={t("people.removeGroup", { name })}
      >
        <IconX size={16} />
      </ActionIcon>
    </li>
  );
}
