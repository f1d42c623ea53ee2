/** What may be done about a person now. */
import { Button } from "@mantine/core";
import { formatPhone } from "@tablebanking/common/phone";
import { lazy, Suspense, useState } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { TO_DANGER } from "../../components/danger";
import { t } from "../../i18n";
import { asRequestError, errorText } from "../../lib/error-text";
import classes from "./People.module.css";
import {
  type NewCode,
  type PersonDetail,
  useReactivateUserMutation,
  useResetPasswordMutation,
} from "./people-api";

const EditPersonDrawer = lazy(() => import("./EditPersonDrawer"));
const DeactivateDrawer = lazy(() => import("./DeactivateDrawer"));

type Action = "edit" | "code" | "leave" | "back";
type Props = { person: PersonDetail; onCode: (code: NewCode) => void };

export function PersonActions({ person, onCode }: Props) {
  const [action, setAction] = useState<Action | null>(null);
  const close = () => setAction(null);
  const active = person.status !== "INACTIVE";
  const actions: Action[] = active ? ["edit", "code", "leave"] : ["back", "edit"];
  return (
    <div className={classes.actions}>
      {actions.map((one) => (
        <Button
          key={one}
          variant={one === "back" ? "filled" : "default"}
          {...(one === "leave" && TO_DANGER)}
          onClick={() => setAction(one)}
          data-testid={`person-${one}`}
        >
          {t(`people.action.${one}`)}
        </Button>
      ))}
      <Suspense>
        {action === "edit" && <EditPersonDrawer person={person} onClose={close} />}
        {action === "leave" && <DeactivateDrawer person={person} onClose={close} />}
      </Suspense>
      {action === "code" && <NewPassword person={person} onCode={onCode} onClose={close} />}
      {action === "back" && <Reactivate person={person} onClose={close} />}
    </div>
  );
}

type DialogProps = { person: PersonDetail; onClose: () => void };

const who = (person: PersonDetail) => [
  { name: t("people.name"), value: person.name },
  { name: t("people.phone"), value: formatPhone(person.phone) },
];

function NewPassword({ person, onCode, onClose }: DialogProps & Pick<Props, "onCode">) {
  const [reset, { isLoading, error }] = useResetPasswordMutation();
  const confirm = async () => {
    const answer = await reset(person.id);
    if (!answer.data) return;
    onClose();
    onCode(answer.data);
  };
  return (
    <ConfirmDialog
      title={t("people.action.code")}
      facts={who(person)}
      note={t(person.status === "INVITED" ? "people.codeNoteInvited" : "people.codeNote")}
      confirmLabel={t("people.codeMake")}
      busy={isLoading}
      error={error && errorText(asRequestError(error), true)}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}

function Reactivate({ person, onClose }: DialogProps) {
  const [reactivate, { isLoading, error }] = useReactivateUserMutation();
  const confirm = async () => {
    const answer = await reactivate(person.id);
    if (!answer.error) onClose();
  };
  return (
    <ConfirmDialog
      title={t("people.action.back")}
      facts={who(person)}
      note={t(person.role === "FIELD_OFFICER" ? "people.backNoteOfficer" : "people.backNote")}
      confirmLabel={t("people.action.back")}
      busy={isLoading}
      error={error && errorText(asRequestError(error), true)}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
