/** A member's papers side by side, beside what was written down, and the check of them. */
import { Alert, Button, NativeSelect, Textarea } from "@mantine/core";
import type { FormEvent } from "react";
import { hasBothSides, newestOf, useVerifyIdentityMutation } from "../api/identity";
import type { IdentityFragment, IdentityMethod } from "../gen/graphql";
import { t } from "../i18n";
import { momentText, plainDate } from "../lib/dates";
import { useForm } from "../lib/use-form";
import { useSession } from "../lib/use-session";
import { DocumentViewer } from "./DocumentViewer";
import classes from "./IdentityCheck.module.css";
import { KeyValues } from "./KeyValues";
import { StatusBadge } from "./StatusBadge";

const KINDS = ["PHOTO", "ID_FRONT", "ID_BACK"] as const;
const METHODS: readonly IdentityMethod[] = ["PICTURES_SEEN", "ORIGINAL_SEEN", "FACE_COMPARED"];

export function IdentityCheck({ member }: { member: IdentityFragment }) {
  const { user } = useSession();
  const papers = KINDS.flatMap((kind) => {
    const paper = newestOf(member.documents, kind);
    return paper ? [{ ...paper, name: t(`paper.${kind}`) }] : [];
  });
  const mayCheck = user?.role === "SYSTEM_ADMIN" || user?.role === "FIELD_OFFICER";
  return (
    <div className={classes.check} data-testid="identity-check">
      <KeyValues
        items={[
          { name: t("identity.name"), value: member.memberName },
          { name: t("member.idNumber"), value: member.idNumber },
          {
            name: t("member.birthday"),
            value: member.dateOfBirth && plainDate(member.dateOfBirth),
          },
          { name: t("identity.state"), value: <State member={member} /> },
        ]}
      />
      {papers.length > 0 ? (
        <DocumentViewer documents={papers} />
      ) : (
        <p className={classes.note}>{t("identity.none")}</p>
      )}
      {mayCheck && !member.idVerified && papers.length > 0 && <CheckForm member={member} />}
    </div>
  );
}

function State({ member }: { member: IdentityFragment }) {
  const check = member.identityCheck;
  if (!member.idVerified) {
    return <StatusBadge tone="waiting" text={t("identity.unchecked")} testId="identity-state" />;
  }
  return (
    <>
      <StatusBadge tone="good" text={t("identity.checked")} testId="identity-state" />
      {check && (
        <p className={classes.note}>
          {[check.checkedBy.name, momentText(check.checkedAt), check.how && t(`how.${check.how}`)]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      {check?.notes && <p className={classes.note}>{check.notes}</p>}
    </>
  );
}

function CheckForm({ member }: { member: IdentityFragment }) {
  const [verify] = useVerifyIdentityMutation();
  const form = useForm({
    initial: { method: "PICTURES_SEEN" as IdentityMethod, notes: "" },
    send: ({ method, notes }) =>
      verify({ memberId: member.id, method, notes: notes.trim() || null }),
    onDone: () => undefined,
  });
  if (!hasBothSides(member.documents)) {
    return <p className={classes.note}>{t("identity.sidesMissing")}</p>;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t("identity.title")}>
      {form.errors.general && (
        <Alert color="red" variant="light" role="alert" data-testid="identity-error">
          {form.errors.general}
        </Alert>
      )}
      <NativeSelect
        label={t("identity.how")}
        value={form.values.method}
        onChange={(event) => form.change({ method: event.currentTarget.value as IdentityMethod })}
        data={METHODS.map((value) => ({ value, label: t(`how.${value}`) }))}
        data-testid="identity-method"
      />
      <Textarea
        label={`${t("identity.notes")} (${t("common.optional")})`}
        autosize
        minRows={2}
        maxLength={500}
        {...form.bind("notes")}
        data-testid="identity-notes"
      />
      <div>
        <Button type="submit" loading={form.busy} data-testid="identity-submit">
          {t("identity.submit")}
        </Button>
      </div>
    </form>
  );
}
