import { FormDrawer } from "../../components/FormDrawer";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import { PersonFields } from "./PersonFields";
import { type PersonDetail, useUpdateUserMutation } from "./people-api";
import { checkPerson, type PersonValues, toChanges, valuesOf } from "./person-values";

export default function EditPersonDrawer({
  person,
  onClose,
}: {
  person: PersonDetail;
  onClose: () => void;
}) {
  const [update] = useUpdateUserMutation();
  const before = valuesOf(person);
  const form = useForm<PersonValues, unknown>({
    initial: before,
    check: checkPerson,
    send: (values) => update({ id: person.id, input: toChanges(before, values) }),
    onDone: onClose,
  });
  return (
    <FormDrawer
      title={t("people.editTitle", { name: person.name })}
      submitLabel={t("people.save")}
      submitTestId="person-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <PersonFields form={form} served={person.role === "FIELD_OFFICER" ? before.groupIds : []} />
    </FormDrawer>
  );
}
