import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { FormModal } from "../../components/FormModal";
import { MemberPicker } from "../../components/MemberPicker";
import type { Office } from "../../gen/graphql";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import {
  type GroupPeople,
  useAssignGroupOfficerMutation,
  useAssignGroupOfficialMutation,
  useKnownOfficersQuery,
} from "./group-parts-api";

const OFFICES: readonly Office[] = ["CHAIR", "SECRETARY", "TREASURER", "COMMITTEE"];

export function AssignOfficialModal({
  groupId,
  onClose,
}: {
  groupId: string;
  onClose: () => void;
}) {
  const [assign] = useAssignGroupOfficialMutation();
  const form = useForm({
    initial: { memberId: "", office: "COMMITTEE" as Office },
    check: ({ memberId }): Record<string, string> =>
      memberId ? {} : { memberId: t("picker.chooseMember") },
    send: ({ memberId, office }) => assign({ groupId, memberId, office }),
    onDone: onClose,
  });
  return (
    <FormModal
      title={t("groupPeople.addOfficial")}
      submitLabel={t("groupPeople.assign")}
      submitTestId="official-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <MemberPicker
        groupId={groupId}
        value={form.values.memberId}
        error={form.errors.fields.memberId}
        onChange={(memberId) => form.change({ memberId })}
        testId="official-member"
      />
      <NativeSelect
        label={t("groupPeople.office")}
        {...form.bind("office")}
        data={OFFICES.map((value) => ({ value, label: t(`office.${value}`) }))}
        data-testid="official-office"
      />
    </FormModal>
  );
}

export function AssignOfficerModal({
  group,
  onClose,
}: {
  group: GroupPeople;
  onClose: () => void;
}) {
  const [assign] = useAssignGroupOfficerMutation();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const { data } = useKnownOfficersQuery(search);
  const known = data?.officers ?? [];
  const many = text !== "" || (data !== undefined && data.total > known.length);
  const serving = new Set(group.officers.map(({ officer }) => officer.id));
  const free = known.filter(({ id }) => !serving.has(id));
  const form = useForm({
    initial: { officerId: "" },
    check: ({ officerId }): Record<string, string> =>
      officerId ? {} : { officerId: t("form.required") },
    send: ({ officerId }) => assign({ groupId: group.id, officerId }),
    onDone: onClose,
  });
  return (
    <FormModal
      title={t("groupPeople.addOfficer")}
      submitLabel={t("groupPeople.assign")}
      submitTestId="officer-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      {many && (
        <TextInput
          type="search"
          label={t("picker.find")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <NativeSelect
        label={t("role.FIELD_OFFICER")}
        description={t("groupPeople.officerHint")}
        {...form.bind("officerId")}
        data={[
          { value: "", label: t("newGroup.choose") },
          ...free.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        data-testid="officer-choice"
      />
    </FormModal>
  );
}
