import { NativeSelect } from "@mantine/core";
import type { ContributionType } from "../gen/graphql";
import { t } from "../i18n";
import { MemberPicker } from "./MemberPicker";

export const CONTRIBUTION_TYPES: readonly ContributionType[] = [
  "REGULAR",
  "WELFARE",
  "PROJECT",
  "FINE",
  "REGISTRATION",
  "APPRECIATION",
];

type Values = { memberId: string; contributionType: ContributionType };
type Props = {
  groupId: string;
  values: Values;
  errors: Record<string, string>;
  change: (changed: Partial<Values>) => void;
  /** False where money went out: a member takes out savings, of no other kind. */
  withType?: boolean;
  testId: string;
};

/** Whose contribution money without a place is, and for what. */
export function ContributionPlace(props: Props) {
  const { groupId, values, errors, change, withType = true, testId } = props;
  return (
    <>
      <MemberPicker
        groupId={groupId}
        value={values.memberId}
        error={errors.memberId}
        onChange={(memberId) => change({ memberId })}
        testId={`${testId}-member`}
      />
      {withType && (
        <NativeSelect
          label={t("review.claim.for")}
          value={values.contributionType}
          error={errors.contributionType}
          onChange={(event) =>
            change({ contributionType: event.currentTarget.value as ContributionType })
          }
          data={CONTRIBUTION_TYPES.map((value) => ({ value, label: t(`kind.${value}`) }))}
          data-testid={`${testId}-type`}
        />
      )}
    </>
  );
}
