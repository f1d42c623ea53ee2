/** Keeps a new member's form on disk while it is filled in. */
import { useRef, useState } from "react";
import type { PaperKind } from "../../lib/model";
import {
  type Pictures,
  type RegistrationDraft,
  RegistrationKeeper,
} from "../../state/registration-draft";
import { isStorageFull } from "../../store/full";
import { type DraftForm, isBlank, tidy } from "./form";

const nameIn = ({ values }: DraftForm) => tidy(values.memberName);

export function useKept(isNew: boolean, begun: RegistrationDraft<DraftForm> | null) {
  const [keeper] = useState(() =>
    isNew ? new RegistrationKeeper<DraftForm>(begun?.begunAt ?? Date.now()) : null,
  );
  const said = useRef(false);

  /** A full phone is said once, and not with every key. */
  const once = (error: unknown) => {
    if (isStorageFull(error) && said.current) return;
    said.current = true;
    throw error;
  };
  const typed = (form: DraftForm, pictures: Pictures) => {
    if (!keeper) return;
    const nothing = isBlank(form) && Object.keys(pictures).length === 0;
    const written = nothing ? keeper.forget() : keeper.keep(form, nameIn(form));
    void written.catch(once);
  };
  const pictured = async (form: DraftForm, picture: { kind: PaperKind; blob: Blob }) =>
    keeper?.keep(form, nameIn(form), picture);
  return {
    typed,
    pictured,
    close: async () => keeper?.close(),
    reopen: () => keeper?.reopen(),
  };
}
