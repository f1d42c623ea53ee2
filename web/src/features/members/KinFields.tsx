/** The next of kin of a member, one below the other. */
import { Button, Fieldset, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { t } from "../../i18n";
import classes from "./MemberPage.module.css";
import { type Kin, MOST_KIN, NO_KIN } from "./member-edit";

type Props = {
  value: readonly Kin[];
  error?: string;
  /** By "nextOfKin.<number>.<field>". */
  errors: Readonly<Record<string, string>>;
  onChange: (value: readonly Kin[]) => void;
};

export function KinFields({ value, error, errors, onChange }: Props) {
  const set = (number: number, changed: Partial<Kin>) =>
    onChange(value.map((kin, at) => (at === number ? { ...kin, ...changed } : kin)));
  return (
    <>
      {value.map((kin, number) => (
        <OneKin
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are added at the end, and hold no state
          key={number}
          kin={kin}
          number={number}
          errors={errors}
          set={(changed) => set(number, changed)}
          remove={() => onChange(value.filter((_kin, at) => at !== number))}
        />
      ))}
      {error && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
      {value.length < MOST_KIN && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...value, NO_KIN])}
          data-testid="add-kin"
        >
          {t("editMember.addKin")}
        </Button>
      )}
    </>
  );
}

type OneProps = {
  kin: Kin;
  number: number;
  errors: Readonly<Record<string, string>>;
  set: (changed: Partial<Kin>) => void;
  remove: () => void;
};

function OneKin({ kin, number, errors, set, remove }: OneProps) {
  const bind = (name: keyof Kin) => ({
    value: kin[name],
    error: errors[`nextOfKin.${number}.${name}`],
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value }),
    "data-testid": `kin-${number}-${name}`,
  });
  const optional = t("common.optional");
  return (
    <Fieldset legend={t("editMember.kinNumber", { number: number + 1 })} className={classes.kin}>
      <TextInput label={t("register.kinName")} {...bind("name")} />
      <TextInput label={t("register.kinRelationship")} {...bind("relationship")} />
      <TextInput label={`${t("register.kinPhone")} (${optional})`} type="tel" {...bind("phone")} />
      <TextInput label={`${t("register.idNumber")} (${optional})`} {...bind("idNumber")} />
      <Button
        variant="subtle"
        size="xs"
        onClick={remove}
        aria-label={t("editMember.removeKin", { name: kin.name || String(number + 1) })}
        data-testid={`kin-${number}-remove`}
      >
        {t("editMember.remove")}
      </Button>
    </Fieldset>
  );
}
