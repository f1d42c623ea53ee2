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
import { useView } from "../../state/view";
import { isStorageFull } from "../../store/full";
import { NotEditable } from "../../sync/outbox";
import {
  blankValues,
  changesOf,
  check,
  countErrors,
  type Errors,
  kinOf,
  tidy,
  type Values,
  valuesOf,
} from "./form";

export interface Subject {
  member: ListedMember | null;
  /** The registration that can still be corrected. */
  registration: Operation | null;
}

interface Captured {
  pictures: { [kind in PaperKind]?: Blob };
  geo: Position | null;
}

/** The state of the form, what is wrong with it, and how it is stored. */
export function useMemberForm(subject: Subject) {
  const { member } = subject;
  const { members, groups } = useData();
  const groupId = useView((state) => state.memberFilter ?? state.groupId);
  const only = groups.size === 1 ? [...groups.keys()][0] : undefined;
  const [values, setValues] = useState(() =>
    member ? valuesOf(member) : blankValues(groupId ?? only ?? ""),
  );
  const [captured, setCaptured] = useState<Captured>({ pictures: {}, geo: null });
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
    try {
      await store(subject, values, captured);
    } catch (error) {
      if (error instanceof NotEditable) toast(t("edit.tooLate"), "bad");
      else if (isStorageFull(error)) setFull(true);
      else throw error;
    } finally {
      setBusy(false);
    }
  };

  const errors: Errors = tried ? found : {};
  const set = (change: Partial<Values>) => setValues((old) => ({ ...old, ...change }));
  const capture = (change: Partial<Captured>) => setCaptured((old) => ({ ...old, ...change }));
  return { form, values, captured, errors, busy, full, set, capture, submit };
}

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
