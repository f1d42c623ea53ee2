import { todayInNairobi } from "@tablebanking/common/dates";
import { parseKenyanMobile } from "@tablebanking/common/phone";
import { type FormEvent, useRef, useState } from "react";
import { toast } from "../../components/Toast";
import { t } from "../../i18n";
import { toFirstProblem } from "../../lib/first-problem";
import { type Operation, PAPERS, type PaperKind } from "../../lib/model";
import { goBack, navigate } from "../../lib/router";
import type { Position } from "../../platform/geolocation";
import { registerMember, updateMember } from "../../state/actions";
import { type ListedMember, useData } from "../../state/data";
import type { Pictures, RegistrationDraft } from "../../state/registration-draft";
import { useView } from "../../state/view";
import { isStorageFull } from "../../store/full";
import { NotEditable } from "../../sync/outbox";
import {
  blankValues,
  changesOf,
  check,
  countErrors,
  type DraftForm,
  type Errors,
  kinOf,
  tidy,
  type Values,
  valuesOf,
} from "./form";
import { useKept } from "./use-kept";

export interface Subject {
  member: ListedMember | null;
  /** The registration that can still be corrected. */
  registration: Operation | null;
  /** What was half filled before. */
  begun: RegistrationDraft<DraftForm> | null;
}

interface Captured {
  pictures: Pictures;
  geo: Position | null;
}

/** The state of the form, what is wrong with it, and how it is stored. */
export function useMemberForm(subject: Subject) {
  const { member, begun } = subject;
  const { members, groups } = useData();
  const groupId = useView((state) => state.memberFilter ?? state.groupId);
  const only = groups.size === 1 ? [...groups.keys()][0] : undefined;
  const [values, setValues] = useState(() =>
    member
      ? valuesOf(member)
      : begun
        ? inGroupsOf(groups, begun.form.values)
        : blankValues(groupId ?? only ?? ""),
  );
  const [captured, setCaptured] = useState<Captured>({
    pictures: begun?.pictures ?? {},
    geo: begun?.form.geo ?? null,
  });
  const kept = useKept(member === null, begun);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  /** The phone had no room: nothing of it was kept. */
  const [full, setFull] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const found = check(values, todayInNairobi(), members.values(), member?.id ?? null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const count = countErrors(found);
    if (count > 0) return complain(count, form.current);
    setBusy(true);
    setFull(false);
    await kept.close();
    try {
      await store(subject, values, captured);
    } catch (error) {
      kept.reopen();
      if (error instanceof NotEditable) toast(t("edit.tooLate"), "bad");
      else if (isStorageFull(error)) setFull(true);
      else throw error;
    } finally {
      setBusy(false);
    }
  };

  const errors: Errors = tried ? found : {};
  /** Several fields may be filled in before the next drawing. */
  const latest = useRef({ values, captured });
  const draft = () => ({ values: latest.current.values, geo: latest.current.captured.geo });
  const change = (values: Values, captured: Captured) => {
    latest.current = { values, captured };
    setValues(values);
    setCaptured(captured);
  };
  const set = (changes: Partial<Values>) => {
    const { values: old, captured: same } = latest.current;
    change({ ...old, ...changes }, same);
    kept.typed(draft(), same.pictures);
  };
  const takePosition = (geo: Position | null) => {
    const { values: same, captured: old } = latest.current;
    change(same, { ...old, geo });
    kept.typed(draft(), old.pictures);
  };
  /** Stands in the form once it is safe on this phone. */
  const takePicture = async (kind: PaperKind, blob: Blob) => {
    await kept.pictured(draft(), { kind, blob });
    const { values: same, captured: old } = latest.current;
    change(same, { ...old, pictures: { ...old.pictures, [kind]: blob } });
  };
  return { form, values, captured, errors, busy, full, set, takePosition, takePicture, submit };
}

/** The group may have been taken from the officer meanwhile. */
const inGroupsOf = (groups: ReadonlyMap<string, unknown>, values: Values): Values =>
  groups.has(values.groupId) ? values : { ...values, groupId: "" };

function complain(count: number, form: HTMLFormElement | null): void {
  toast(t("form.problems", { count }), "bad");
  toFirstProblem(form);
}

async function store(
  { member, registration }: Subject,
  values: Values,
  { pictures, geo }: Captured,
): Promise<void> {
  if (member && !registration) {
    const changes = changesOf(member, values);
    const any = Object.keys(changes).length > 0;
    if (any) await updateMember(member, changes);
    toast(any ? t("form.editSaved") : t("form.nothingChanged"));
    return goBack(`/members/${member.id}`);
  }
  const memberName = tidy(values.memberName);
  const id = await registerMember(
    {
      groupId: values.groupId,
      memberName,
      idNumber: values.idNumber.trim(),
      phone: parseKenyanMobile(values.phone) ?? "",
      dateOfBirth: values.dateOfBirth || null,
      nextOfKin: kinOf(values, member?.nextOfKin),
      geo: geo && geoOf(geo),
      pictures: PAPERS.flatMap((kind) => {
        const blob = pictures[kind];
        return blob ? [{ kind, blob }] : [];
      }),
    },
    registration ?? undefined,
  );
  toast(t("form.saved", { name: memberName }));
  navigate(`/members/${id}`, { replace: true });
}

function geoOf({ latitude, longitude, accuracy }: Position) {
  return { latitude, longitude, accuracy };
}
