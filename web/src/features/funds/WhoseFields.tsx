import { GroupPicker } from "../../components/GroupPicker";
import { MemberPicker } from "../../components/MemberPicker";
import { t } from "../../i18n";

type Values = { groupId: string; memberId: string };
type Props = {
  values: Values;
  errors: Record<string, string>;
  change: (changed: Partial<Values>) => void;
  testId: string;
};

/** Whose money it is: the group, then one of its members. */
export function WhoseFields({ values, errors, change, testId }: Props) {
  return (
    <>
      <GroupPicker
        value={values.groupId}
        error={errors.groupId}
        onChange={(groupId) => change({ groupId, memberId: "" })}
        testId={`${testId}-group`}
      />
      {values.groupId && (
        <MemberPicker
          groupId={values.groupId}
          value={values.memberId}
          error={errors.memberId}
          onChange={(memberId) => change({ memberId })}
          testId={`${testId}-member`}
        />
      )}
    </>
  );
}

export function whoseMissing({ groupId, memberId }: Values): Record<string, string> {
  return {
    ...(!groupId && { groupId: t("picker.chooseGroup") }),
    ...(!memberId && { memberId: t("picker.chooseMember") }),
  };
}
