import { FormDrawer } from "../../components/FormDrawer";
import { t } from "../../i18n";
import { useForm } from "../../lib/use-form";
import classes from "./People.module.css";
import { PersonFields } from "./PersonFields";
import { type NewCode, useInviteUserMutation } from "./people-api";
import { checkPerson, NOBODY, type PersonValues, toInvitation } from "./person-values";

type Props = { onClose: () => void; onInvited: (code: NewCode) => void };

export default function InviteDrawer({ onClose, onInvited }: Props) {
  const [invite] = useInviteUserMutation();
  const form = useForm<PersonValues, NewCode>({
    initial: NOBODY,
    check: checkPerson,
    send: (values) => invite(toInvitation(values)),
    onDone: onInvited,
  });
  return (
    <FormDrawer
      title={t("people.invite")}
      submitLabel={t("people.inviteSubmit")}
      submitTestId="invite-submit"
      busy={form.busy}
      dirty={form.dirty}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <p className={classes.soft}>{t("people.inviteHint")}</p>
      <PersonFields form={form} served={[]} />
    </FormDrawer>
  );
}
