/** Erasure: why, what goes and what stays, and all that stands against it. It cannot be undone. */
import { Alert, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { EraseReason } from "../../gen/graphql";
import { t } from "../../i18n";
import { failureText } from "../../lib/error-text";
import type { GraphQLFailure } from "../../lib/graphql-request";
import { useForm } from "../../lib/use-form";
import { FormDrawer } from "../FormDrawer";
import classes from "./MemberRights.module.css";
import { useEraseMemberMutation } from "./member-rights-api";
import { NamingTexts } from "./NamingTexts";

const REASONS: readonly EraseReason[] = [
  "MEMBER_ASKED",
  "REGISTERED_BY_MISTAKE",
  "KEPT_LONG_ENOUGH",
  "AUTHORITY_ORDERED",
];

type Values = { reason: string; name: string };
type Props = { member: { id: string; memberName: string }; onClose: () => void };

export default function EraseForm({ member, onClose }: Props) {
  const [erase] = useEraseMemberMutation();
  const [against, setAgainst] = useState<readonly GraphQLFailure[]>([]);
  const form = useForm<Values, unknown>({
    initial: { reason: "", name: "" },
    check: (values) => missing(values, member.memberName),
    send: ({ reason }) => {
      setAgainst([]);
      return erase({ memberId: member.id, reason: reason as EraseReason });
    },
    onDone: onClose,
    onRefused: ({ code, failures }) => {
      if (code !== "CANNOT_ERASE") return false;
      setAgainst(failures);
      return true;
    },
  });
  return (
    <FormDrawer
      title={t("rights.eraseTitle", { name: member.memberName })}
      submitLabel={t("rights.eraseSubmit")}
      submitTestId="erase-submit"
      danger
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      notice={against.length > 0 && <Against failures={against} />}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <p className={classes.text}>{t("rights.eraseHint")}</p>
      <NamingTexts member={member} />
      <NativeSelect
        label={t("rights.why")}
        {...form.bind("reason")}
        data={[
          { value: "", label: t("rights.chooseReason") },
          ...REASONS.map((value) => ({
            value: value as string,
            label: t(`rights.reason.${value}`),
          })),
        ]}
        data-testid="erase-reason"
      />
      <TextInput
        label={t("rights.typeName", { name: member.memberName })}
        autoComplete="off"
        {...form.bind("name")}
        data-testid="erase-name"
      />
    </FormDrawer>
  );
}

function missing({ reason, name }: Values, memberName: string): Record<string, string> {
  const found: Record<string, string> = {};
  const same = name.trim().toLowerCase() === memberName.trim().toLowerCase();
  if (!reason) found.reason = t("rights.chooseReason");
  if (!same) found.name = t("rights.nameDiffers");
  return found;
}

function Against({ failures }: { failures: readonly GraphQLFailure[] }) {
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      title={t("rights.against")}
      data-testid="erase-against"
    >
      <ul className={classes.against}>
        {failures.map((failure) => (
          <li key={failure.code}>{failureText(failure)}</li>
        ))}
      </ul>
    </Alert>
  );
}
