import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { type Choice, type Clash, ConflictDialog } from "../../components/ConflictDialog";
import { FormDrawer } from "../../components/FormDrawer";
import { MeetingFields, NameField, PlaceFields } from "../../components/GroupFields";
import type { GroupFactsFragment, GroupStatus } from "../../gen/graphql";
import { t } from "../../i18n";
import type { RequestError } from "../../lib/graphql-request";
import { useForm } from "../../lib/use-form";
import { changesOf, check, clashesOf, decided, toValues, type Values } from "./group-edit";
import { useGroupFactsQuery, useUpdateGroupMutation } from "./group-parts-api";

type Props = { groupId: string; onClose: () => void };

export default function EditGroupDrawer({ groupId, onClose }: Props) {
  const { data: group } = useGroupFactsQuery(groupId);
  return group ? <EditForm group={group} onClose={onClose} /> : null;
}

type Copy = { version: number; values: Values };
type Conflict = { theirs: Copy; clashes: Clash[] };

function EditForm({ group, onClose }: { group: GroupFactsFragment; onClose: () => void }) {
  const [base, setBase] = useState<Copy>({ version: group.version, values: toValues(group) });
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [update] = useUpdateGroupMutation();
  const save = (values: Values, { version, values: before } = base) =>
    update({ groupId: group.id, baseVersion: version, input: changesOf(before, values) });

  const onRefused = (error: RequestError): boolean => {
    const theirs = copyOf(error);
    if (!theirs) return false;
    setConflict({ theirs, clashes: clashesOf(base.values, form.values, theirs.values) });
    return true;
  };
  const form = useForm({
    initial: base.values,
    check: (values) => check(values, base.values),
    send: (values) => save(values),
    onDone: onClose,
    onRefused,
  });
  const decide = (choices: Readonly<Record<string, Choice>>) => {
    if (!conflict) return;
    const { theirs } = conflict;
    const values = decided(base.values, form.values, theirs.values, choices);
    setBase(theirs);
    form.change(values);
    setConflict(null);
    void form.submitWith(values, () => save(values, theirs));
  };
  const fields = {
    values: form.values,
    errors: form.errors.fields,
    change: form.change,
    prefix: "edit-group",
  };
  return (
    <FormDrawer
      title={t("editGroup.title")}
      submitLabel={t("editGroup.submit")}
      submitTestId="edit-group-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <NameField {...fields} />
      <PlaceFields {...fields} />
      <MeetingFields {...fields} />
      <TextInput
        label={`${t("editGroup.point")} (${t("common.optional")})`}
        description={t("editGroup.pointHint")}
        {...form.bind("geo")}
        data-testid="edit-group-geo"
      />
      <NativeSelect
        label={t("groups.status")}
        {...form.bind("status")}
        data={(["ACTIVE", "INACTIVE"] satisfies GroupStatus[]).map((value) => ({
          value,
          label: t(`status.${value}`),
        }))}
        data-testid="edit-group-status"
      />
      {conflict && (
        <ConflictDialog
          clashes={conflict.clashes}
          busy={form.busy}
          onDecide={decide}
          onClose={() => setConflict(null)}
        />
      )}
    </FormDrawer>
  );
}

function copyOf({ code, current }: RequestError): Copy | null {
  if (code !== "CONFLICT" || !current) return null;
  return { version: Number(current.version), values: toValues(current) };
}
