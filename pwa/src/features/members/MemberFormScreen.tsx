import { todayInNairobi } from "@tablebanking/common/dates";
import { Button } from "../../components/Button";
import { FieldError, SelectField, TextField } from "../../components/Field";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import { useData } from "../../state/data";
import { isEditable } from "../../sync/outbox";
import { KinFields } from "./KinFields";
import { LocationField } from "./LocationField";
import styles from "./members.module.css";
import { PictureFields } from "./PictureFields";
import { type Subject, useMemberForm } from "./use-member-form";

/** Corrects a registration that has not gone up, or edits a member. */
export function MemberFormScreen({ memberId }: { memberId: string }) {
  const member = useData((state) => state.members.get(memberId));
  const operation = useData((state) => state.byEntity.get(memberId));
  if (!member) {
    return (
      <Screen title={t("members.title")} back="/members">
        <p>{t("member.gone")}</p>
      </Screen>
    );
  }
  const registration =
    operation?.type === "registerMember" && isEditable(operation) ? operation : null;
  return <MemberForm member={member} registration={registration} begun={null} />;
}

type Form = ReturnType<typeof useMemberForm>;

export function MemberForm(subject: Subject) {
  const { member, registration } = subject;
  const form = useMemberForm(subject);
  const registers = !member || registration !== null;
  const title = registration
    ? t("form.correct")
    : member
      ? t("form.edit", { name: member.memberName })
      : t("form.register");
  return (
    <Screen title={title} back="/members">
      <form className={styles.form} onSubmit={form.submit} noValidate ref={form.form}>
        {!member && <GroupField form={form} />}
        <PersonFields form={form} registers={registers} />
        <KinFields
          kin={form.values.kin}
          onChange={(kin) => form.set({ kin })}
          errors={form.errors.kinRows}
        />
        {registers ? (
          <>
            <PictureFields
              memberId={member?.id ?? null}
              name={form.values.memberName}
              pictures={form.captured.pictures}
              onPicture={form.takePicture}
            />
            <LocationField value={form.captured.geo} onChange={form.takePosition} />
          </>
        ) : (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={form.values.isActive}
              onChange={(event) => form.set({ isActive: event.target.checked })}
            />
            {t("form.active")}
          </label>
        )}
        <FieldError id="storage-full" error={form.full ? t("form.storageFull") : null} />
        <Button look="primary" wide type="submit" disabled={form.busy} data-testid="member-save">
          {registers ? t("form.save") : t("form.saveEdit")}
        </Button>
      </form>
    </Screen>
  );
}

function GroupField({ form: { values, errors, set } }: { form: Form }) {
  const groups = useData((state) => state.groups);
  return (
    <SelectField
      label={t("form.group")}
      value={values.groupId}
      onChange={(event) => set({ groupId: event.target.value })}
      error={errors.groupId}
    >
      <option value="">{t("form.chooseGroup")}</option>
      {[...groups.values()].map((group) => (
        <option key={group.id} value={group.id}>
          {group.name}
        </option>
      ))}
    </SelectField>
  );
}

function PersonFields({
  form: { values, errors, set },
  registers,
}: {
  form: Form;
  registers: boolean;
}) {
  return (
    <>
      <TextField
        label={t("form.name")}
        value={values.memberName}
        onChange={(event) => set({ memberName: event.target.value })}
        error={errors.memberName}
        autoComplete="off"
        autoCapitalize="words"
        maxLength={200}
      />
      <TextField
        label={t("form.idNumber")}
        value={values.idNumber}
        onChange={(event) => set({ idNumber: event.target.value })}
        error={errors.idNumber}
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        readOnly={!registers}
      />
      <TextField
        label={t("form.phone")}
        type="tel"
        value={values.phone}
        onChange={(event) => set({ phone: event.target.value })}
        error={errors.phone}
        autoComplete="off"
      />
      <TextField
        optional
        label={t("form.born")}
        type="date"
        max={todayInNairobi()}
        value={values.dateOfBirth}
        onChange={(event) => set({ dateOfBirth: event.target.value })}
        error={errors.dateOfBirth}
      />
    </>
  );
}
