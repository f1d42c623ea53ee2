import { todayInNairobi } from "@tablebanking/common/dates";
import { parseKenyanMobile } from "@tablebanking/common/phone";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { SelectField, TextField } from "../../components/Field";
import { Screen } from "../../components/Screen";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import type { Operation } from "../../lib/model";
import { goBack, navigate } from "../../lib/router";
import type { Position } from "../../platform/geolocation";
import { registerMember, updateMember } from "../../state/actions";
import { type ListedMember, useData } from "../../state/data";
import { useView } from "../../state/view";
import { isEditable, NotEditable } from "../../sync/outbox";
import { blankValues, changesOf, check, countErrors, kinOf, tidy, valuesOf } from "./form";
import { KinFields } from "./KinFields";
import { LocationField } from "./LocationField";
import styles from "./members.module.css";
import { PhotoField } from "./PhotoField";
import { SignatureField } from "./SignatureField";

/** Registers a member, corrects a registration that has not gone up, or edits a member. */
export function MemberFormScreen({ memberId }: { memberId?: string }) {
  const member = useData((state) => (memberId ? state.members.get(memberId) : undefined));
  const operation = useData((state) => (memberId ? state.byEntity.get(memberId) : undefined));
  if (memberId && !member) {
    return (
      <Screen title={t("members.title")} back="/members">
        <p>{t("member.gone")}</p>
      </Screen>
    );
  }
  const registration =
    operation?.type === "registerMember" && isEditable(operation) ? operation : null;
  return <MemberForm member={member ?? null} registration={registration} />;
}

interface Props {
  member: ListedMember | null;
  /** The registration that can still be corrected. */
  registration: Operation | null;
}

interface Captured {
  photo: string | null;
  signature: string | null;
  geo: Position | null;
}

function MemberForm({ member, registration }: Props) {
  const { members, groups } = useData();
  const groupId = useView((state) => state.groupId);
  const only = groups.size === 1 ? [...groups.keys()][0] : undefined;
  const [values, setValues] = useState(() =>
    member ? valuesOf(member) : blankValues(groupId ?? only ?? ""),
  );
  const [captured, setCaptured] = useState<Captured>({ photo: null, signature: null, geo: null });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const found = check(values, todayInNairobi(), members.values(), member?.id ?? null);
  const errors = tried ? found : {};
  const registers = !member || registration !== null;
  const set = (change: Partial<typeof values>) => setValues((old) => ({ ...old, ...change }));
  const capture = (change: Partial<Captured>) => setCaptured((old) => ({ ...old, ...change }));

  const store = async () => {
    if (member && !registration) {
      const changes = changesOf(member, values);
      const any = Object.keys(changes).length > 0;
      if (any) await updateMember(member, changes);
      toast(any ? t("form.editSaved") : t("form.nothingChanged"));
      return goBack(`/members/${member.id}`);
    }
    const id = await registerMember(
      {
        groupId: values.groupId,
        memberName: tidy(values.memberName),
        idNumber: values.idNumber.trim(),
        phone: parseKenyanMobile(values.phone) ?? "",
        dateOfBirth: values.dateOfBirth || null,
        nextOfKin: kinOf(values, member?.nextOfKin),
        geo: captured.geo && geoOf(captured.geo),
        idPhoto: captured.photo,
        signature: captured.signature,
      },
      registration ?? undefined,
    );
    toast(t("form.saved", { name: tidy(values.memberName) }));
    navigate(`/members/${id}`, { replace: true });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const count = countErrors(found);
    if (count > 0) {
      toast(t("form.problems", { count }), "bad");
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      );
      return;
    }
    setBusy(true);
    try {
      await store();
    } catch (error) {
      if (!(error instanceof NotEditable)) throw error;
      toast(t("edit.tooLate"), "bad");
    } finally {
      setBusy(false);
    }
  };

  const title = registration
    ? t("form.correct")
    : member
      ? t("form.edit", { name: member.memberName })
      : t("form.register");
  return (
    <Screen title={title} back="/members">
      <form className={styles.form} onSubmit={submit} noValidate ref={form}>
        {!member && (
          <SelectField
            label={t("form.group")}
            value={values.groupId}
            onChange={(event) => set({ groupId: event.target.value })}
            error={errors.groupId}
          >
            <option value="">–</option>
            {[...groups.values()].map((group) => (
              <option key={group.id} value={group.id}>
                {group.name}
              </option>
            ))}
          </SelectField>
        )}
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
        <KinFields kin={values.kin} onChange={(kin) => set({ kin })} errors={errors.kinRows} />
        {registers ? (
          <>
            <PhotoField
              value={captured.photo}
              kept={registration !== null}
              onChange={(photo) => capture({ photo })}
            />
            <SignatureField onChange={(signature) => capture({ signature })} />
            <LocationField value={captured.geo} onChange={(geo) => capture({ geo })} />
          </>
        ) : (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={values.isActive}
              onChange={(event) => set({ isActive: event.target.checked })}
            />
            {t("form.active")}
          </label>
        )}
        <Button look="primary" wide type="submit" disabled={busy} data-testid="member-save">
          {registers ? t("form.save") : t("form.saveEdit")}
        </Button>
      </form>
    </Screen>
  );
}

function geoOf({ latitude, longitude, accuracy }: Position) {
  return { latitude, longitude, accuracy };
}
