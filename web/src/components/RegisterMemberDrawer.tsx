import { Fieldset, TextInput } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { parseKenyanMobile } from "@tablebanking/common/phone";
import { uuidv7 } from "@tablebanking/common/uuid";
import { useState } from "react";
import { useRegisterMemberMutation } from "../api/members";
import { t } from "../i18n";
import { asRequestError, type FormErrors, formErrors, withoutErrors } from "../lib/error-text";
import { DateInput } from "./DateInput";
import { FormDrawer } from "./FormDrawer";
import { GroupPicker } from "./GroupPicker";

const BLANK = {
  memberName: "",
  idNumber: "",
  phone: "",
  dateOfBirth: "",
  kinName: "",
  kinRelationship: "",
  kinPhone: "",
};
type Fields = typeof BLANK;
type FieldName = keyof Fields;

const FIELDS = Object.keys(BLANK) as FieldName[];
const NO_ERRORS: FormErrors = { fields: {}, general: null };

/** `groupId`: null where the group is still to be chosen. */
type Props = { groupId: string | null; onDone: (id: string) => void; onClose: () => void };

export default function RegisterMemberDrawer({ groupId: given, onDone, onClose }: Props) {
  const [groupId, setGroupId] = useState(given ?? "");
  const [values, setValues] = useState(BLANK);
  const [errors, setErrors] = useState(NO_ERRORS);
  // Made once: pressing the button again after a lost answer registers nobody twice.
  const [ids] = useState(() => ({ id: uuidv7(), offlineSyncId: uuidv7() }));
  const [register, { isLoading }] = useRegisterMemberMutation();

  const change = (name: FieldName, value: string) => {
    setValues((old) => ({ ...old, [name]: value }));
    setErrors((old) => withoutErrors(old, [name]));
  };
  const submit = async () => {
    const found = check(values);
    if (!groupId) found.groupId = t("picker.chooseGroup");
    if (Object.keys(found).length > 0) {
      setErrors({ fields: found, general: null });
      return;
    }
    const answer = await register({ ...ids, groupId, ...toInput(values) });
    if (answer.data) onDone(answer.data.id);
    else setErrors(kinErrors(formErrors(asRequestError(answer.error), SERVER_FIELDS)));
  };

  return (
    <FormDrawer
      title={t("register.title")}
      submitLabel={t("register.submit")}
      submitTestId="register-submit"
      busy={isLoading}
      error={errors.general}
      onSubmit={submit}
      onClose={onClose}
    >
      {given === null && (
        <GroupPicker
          value={groupId}
          error={errors.fields.groupId}
          onChange={(id) => {
            setGroupId(id);
            setErrors((old) => withoutErrors(old, ["groupId"]));
          }}
          testId="register-group"
        />
      )}
      <MemberFields values={values} errors={errors.fields} change={change} />
    </FormDrawer>
  );
}

type FieldsProps = {
  values: Fields;
  errors: Record<string, string>;
  change: (name: FieldName, value: string) => void;
};

function MemberFields({ values, errors, change }: FieldsProps) {
  const bind = (name: FieldName) => ({
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      change(name, event.currentTarget.value),
    "data-testid": `register-${name}`,
  });
  const optional = t("common.optional");
  return (
    <>
      <TextInput label={t("register.name")} {...bind("memberName")} data-autofocus />
      <TextInput label={t("register.idNumber")} inputMode="numeric" {...bind("idNumber")} />
      <TextInput
        label={t("register.phone")}
        description={t("login.phoneHint")}
        type="tel"
        {...bind("phone")}
      />
      <DateInput
        label={`${t("register.birthday")} (${optional})`}
        max={todayInNairobi()}
        value={values.dateOfBirth}
        error={errors.dateOfBirth}
        onChange={(date) => change("dateOfBirth", date)}
        testId="register-dateOfBirth"
      />
      <Fieldset legend={`${t("register.kin")} (${optional})`} variant="unstyled" m={0} p={0}>
        <TextInput label={t("register.kinName")} {...bind("kinName")} mb="sm" />
        <TextInput label={t("register.kinRelationship")} {...bind("kinRelationship")} mb="sm" />
        <TextInput label={t("register.kinPhone")} type="tel" {...bind("kinPhone")} />
      </Fieldset>
    </>
  );
}

function check(values: Fields): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ["memberName", "idNumber", "phone"] as const) {
    if (!values[name].trim()) found[name] = t("form.required");
  }
  if (values.phone && !parseKenyanMobile(values.phone)) found.phone = t("form.phone");
  if (values.kinPhone && !parseKenyanMobile(values.kinPhone)) found.kinPhone = t("form.phone");
  // Half a next of kin helps nobody: either both or none.
  if (hasKin(values)) {
    if (!values.kinName.trim()) found.kinName = t("form.required");
    if (!values.kinRelationship.trim()) found.kinRelationship = t("form.required");
  }
  return found;
}

function hasKin({ kinName, kinRelationship, kinPhone }: Fields): boolean {
  return [kinName, kinRelationship, kinPhone].some((text) => text.trim() !== "");
}

function toInput(values: Fields) {
  return {
    memberName: values.memberName.trim(),
    idNumber: values.idNumber.trim(),
    phone: parseKenyanMobile(values.phone) ?? values.phone,
    dateOfBirth: values.dateOfBirth || null,
    nextOfKin: hasKin(values)
      ? [
          {
            name: values.kinName.trim(),
            relationship: values.kinRelationship.trim(),
            phone: parseKenyanMobile(values.kinPhone),
          },
        ]
      : [],
  };
}

/** The server's names for the next of kin ("nextOfKin.0.phone") end like the member's own. */
const KIN_FIELDS = {
  "nextOfKin.0.name": "kinName",
  "nextOfKin.0.relationship": "kinRelationship",
  "nextOfKin.0.phone": "kinPhone",
} as const;
const SERVER_FIELDS = [...Object.keys(KIN_FIELDS), ...FIELDS];

function kinErrors({ fields, general }: FormErrors): FormErrors {
  const renamed = Object.entries(fields).map(([name, message]) => [
    KIN_FIELDS[name as keyof typeof KIN_FIELDS] ?? name,
    message,
  ]);
  return { fields: Object.fromEntries(renamed), general };
}
