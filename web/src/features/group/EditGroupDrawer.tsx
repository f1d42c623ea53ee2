import { NativeSelect } from "@mantine/core";
import { EditDrawer } from "../../components/EditDrawer";
import { MeetingFields, NameField, PlaceFields } from "../../components/GroupFields";
import { PointField } from "../../components/PointField";
import type { GroupStatus } from "../../gen/graphql";
import { t } from "../../i18n";
import { changesOf, check, shown, toValues, UNITS } from "./group-edit";
import { useGroupFactsQuery, useUpdateGroupMutation } from "./group-parts-api";

type Props = { groupId: string; onClose: () => void };

export default function EditGroupDrawer({ groupId, onClose }: Props) {
  const { data: group } = useGroupFactsQuery(groupId);
  const [update] = useUpdateGroupMutation();
  if (!group) return null;
  return (
    <EditDrawer
      title={t("editGroup.title")}
      submitTestId="edit-group-submit"
      initial={{ version: group.version, values: toValues(group) }}
      units={UNITS}
      shown={shown}
      read={toValues}
      check={check}
      save={({ version, values: before }, values) =>
        update({ groupId, baseVersion: version, input: changesOf(before, values) })
      }
      onClose={onClose}
    >
      {({ values, errors, change, bind }) => {
        const fields = { values, errors: errors.fields, change, prefix: "edit-group" };
        return (
          <>
            <NameField {...fields} />
            <PlaceFields {...fields} />
            <MeetingFields {...fields} />
            <PointField
              value={values.geo}
              error={errors.fields.geo}
              onChange={(geo) => change({ geo })}
              county={values.county}
              testId="edit-group-geo"
            />
            <NativeSelect
              label={t("groups.status")}
              {...bind("status")}
              data={(["ACTIVE", "INACTIVE"] satisfies GroupStatus[]).map((value) => ({
                value,
                label: t(`status.${value}`),
              }))}
              data-testid="edit-group-status"
            />
          </>
        );
      }}
    </EditDrawer>
  );
}
