import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useCreateGroupMutation, usePlacesQuery } from "../../api/groups";
import { FormDrawer } from "../../components/FormDrawer";
import { t } from "../../i18n";
import { DAYS, weekdayName } from "../../lib/dates";
import { asRequestError, type FormErrors, formErrors, withoutErrors } from "../../lib/error-text";
import { constituenciesOf, wardsOf } from "./places";

const BLANK = {
  name: "",
  groupCode: "",
  county: "",
  constituency: "",
  ward: "",
  village: "",
  meetingDay: "",
  meetingVenue: "",
};
type Fields = typeof BLANK;
type FieldName = keyof Fields;

const FIELDS = Object.keys(BLANK) as FieldName[];
const NO_ERRORS: FormErrors = { fields: {}, general: null };

type Props = { onClose: () => void; onCreated: (id: string) => void };

export default function CreateGroupDrawer({ onClose, onCreated }: Props) {
  const [values, setValues] = useState(BLANK);
  const [errors, setErrors] = useState(NO_ERRORS);
  const [create, { isLoading }] = useCreateGroupMutation();

  const change = (name: FieldName, value: string) => {
    setValues((old) => withPlaceReset({ ...old, [name]: value }, name));
    setErrors((old) => withoutErrors(old, [name]));
  };
  const submit = async () => {
    const missing = findMissing(values);
    if (missing) {
      setErrors(missing);
      return;
    }
    const answer = await create({ ...values, village: values.village || null });
    if (answer.data) onCreated(answer.data);
    else setErrors(formErrors(asRequestError(answer.error), FIELDS));
  };

  return (
    <FormDrawer
      title={t("newGroup.title")}
      submitLabel={t("newGroup.submit")}
      submitTestId="new-group-submit"
      busy={isLoading}
      error={errors.general}
      onSubmit={submit}
      onClose={onClose}
    >
      <GroupFields values={values} errors={errors.fields} change={change} />
    </FormDrawer>
  );
}

type FieldsProps = {
  values: Fields;
  errors: Record<string, string>;
  change: (name: FieldName, value: string) => void;
};

function GroupFields({ values, errors, change }: FieldsProps) {
  const { data: places = [] } = usePlacesQuery();
  const bind = (name: FieldName) => ({
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      change(name, event.currentTarget.value),
    "data-testid": `new-group-${name}`,
  });
  const choose = (options: readonly string[]) => [
    { value: "", label: t("newGroup.choose") },
    ...options,
  ];
  const constituencies = constituenciesOf(places, values.county);
  const wards = wardsOf(places, values.county, values.constituency);
  return (
    <>
      <TextInput label={t("newGroup.name")} {...bind("name")} data-autofocus />
      <TextInput
        label={t("newGroup.code")}
        description={t("newGroup.codeHint")}
        {...bind("groupCode")}
      />
      <NativeSelect
        label={t("newGroup.county")}
        data={choose(places.map(({ name }) => name))}
        {...bind("county")}
      />
      <NativeSelect
        label={t("newGroup.constituency")}
        data={choose(constituencies)}
        disabled={constituencies.length === 0}
        {...bind("constituency")}
      />
      <NativeSelect
        label={t("newGroup.ward")}
        data={choose(wards)}
        disabled={wards.length === 0}
        {...bind("ward")}
      />
      <TextInput
        label={`${t("newGroup.village")} (${t("common.optional")})`}
        {...bind("village")}
      />
      <NativeSelect
        label={t("newGroup.day")}
        data={[
          { value: "", label: t("newGroup.choose") },
          ...DAYS.map((day) => ({ value: day, label: weekdayName(day) })),
        ]}
        {...bind("meetingDay")}
      />
      <TextInput label={t("newGroup.venue")} {...bind("meetingVenue")} />
    </>
  );
}

/** A ward lies in one constituency, and that in one county: a new county empties both. */
function withPlaceReset(values: Fields, changed: FieldName): Fields {
  if (changed === "county") return { ...values, constituency: "", ward: "" };
  if (changed === "constituency") return { ...values, ward: "" };
  return values;
}

function findMissing(values: Fields): FormErrors | null {
  const missing = FIELDS.filter((name) => name !== "village" && !values[name].trim());
  if (missing.length === 0) return null;
  const fields = Object.fromEntries(missing.map((name) => [name, t("form.required")]));
  return { fields, general: null };
}
