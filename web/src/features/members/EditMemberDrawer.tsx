import { Alert, NativeSelect, TextInput } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { type MemberDetail, useUpdateMemberMutation } from "../../api/members";
import { DateInput } from "../../components/DateInput";
import { EditDrawer } from "../../components/EditDrawer";
import { t } from "../../i18n";
import { KinFields } from "./KinFields";
import { changesOf, check, shown, toValues, UNITS } from "./member-edit";

type Props = { member: MemberDetail; onClose: () => void };

export default function EditMemberDrawer({ member, onClose }: Props) {
  const [update] = useUpdateMemberMutation();
  return (
    <EditDrawer
      title={t("editMember.title")}
      submitTestId="edit-member-submit"
      initial={{ version: member.version, values: toValues(member) }}
      units={UNITS}
      shown={shown}
      read={toValues}
      check={check}
      save={({ version, values: before }, values, { offlineSyncId }) =>
        update({
          id: member.id,
          baseVersion: version,
          offlineSyncId,
          ...changesOf(before, values),
        })
      }
      onClose={onClose}
    >
      {({ values, errors, bind, field }) => (
        <>
          <TextInput
            label={t("register.name")}
            {...bind("memberName")}
            data-autofocus
            data-testid="edit-member-memberName"
          />
          <TextInput
            label={t("register.phone")}
            description={t("login.phoneHint")}
            type="tel"
            {...bind("phone")}
            data-testid="edit-member-phone"
          />
          <DateInput
            label={`${t("register.birthday")} (${t("common.optional")})`}
            max={todayInNairobi()}
            {...field("dateOfBirth")}
            testId="edit-member-dateOfBirth"
          />
          <NativeSelect
            label={t("members.state")}
            {...bind("state")}
            data={[
              { value: "ACTIVE", label: t("members.active") },
              { value: "LEFT", label: t("members.left") },
            ]}
            data-testid="edit-member-state"
          />
          {member.isActive && values.state === "LEFT" && (
            <Alert color="yellow" variant="light">
              {t("editMember.leaving")}
            </Alert>
          )}
          <KinFields {...field("nextOfKin")} errors={errors.fields} />
        </>
      )}
    </EditDrawer>
  );
}
