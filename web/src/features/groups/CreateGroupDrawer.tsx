import { TextInput } from "@mantine/core";
import { useCreateGroupMutation } from "../../api/groups";
import { FormDrawer } from "../../components/FormDrawer";
import {
  MeetingFields,
  missingFields,
  NameField,
  PlaceFields,
  REQUIRED,
} from "../../components/GroupFields";
import { PointField } from "../../components/PointField";
import { t } from "../../i18n";
import { parsePoint } from "../../lib/point-text";
import { useForm } from "../../lib/use-form";

const BLANK = {
  name: "",
  groupCode: "",
  county: "",
  constituency: "",
  ward: "",
  village: "",
  meetingDay: "",
  meetingVenue: "",
  geo: "",
};

type Props = { onClose: () => void; onCreated: (id: string) => void };

export default function CreateGroupDrawer({ onClose, onCreated }: Props) {
  const [create] = useCreateGroupMutation();
  const form = useForm({
    initial: BLANK,
    check: (values): Record<string, string> => ({
      ...missingFields(values, [...REQUIRED, "groupCode"]),
      ...(values.geo.trim() && !parsePoint(values.geo) && { geo: t("editGroup.pointWrong") }),
    }),
    send: (values) =>
      create({ ...values, village: values.village || null, geo: parsePoint(values.geo) }),
    onDone: (id: string) => onCreated(id),
  });
  const fields = {
    values: form.values,
    errors: form.errors.fields,
    change: form.change,
    prefix: "new-group",
  };
  return (
    <FormDrawer
      title={t("newGroup.title")}
      submitLabel={t("newGroup.submit")}
      submitTestId="new-group-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <NameField {...fields} />
      <TextInput
        label={t("newGroup.code")}
        description={t("newGroup.codeHint")}
        {...form.bind("groupCode")}
        data-testid="new-group-groupCode"
      />
      <PlaceFields {...fields} />
      <MeetingFields {...fields} />
      <PointField {...form.field("geo")} county={form.values.county} testId="new-group-geo" />
    </FormDrawer>
  );
}
