/**
 * A registration that is half filled, with the pictures already taken: on disk with every key,
 * under the seal key, until it is saved or thrown away. A phone that locks or dies loses nothing.
 */
import { useEffect, useState } from "react";
import { PAPERS, type PaperKind } from "../lib/model";
import { sealBytes, unsealBytes } from "../store/crypto";
import { draftPlace, loadDraft, sealDraft, type UserStore } from "../store/user-store";
import { openStore } from "./session";

const FORM = "registration";
const pictureKey = (kind: PaperKind) => `${FORM}:${kind}`;
/** What goes once the member is in the outbox. */
export const REGISTRATION_DRAFTS: string[] = [FORM, ...PAPERS.map(pictureKey)];

export type Pictures = { [kind in PaperKind]?: Blob };

interface Stored<Form> {
  form: Form;
  /** To speak of it; "" as long as there is none. */
  name: string;
  begunAt: number;
}
export type RegistrationDraft<Form> = Stored<Form> & { pictures: Pictures };
export type Begun = Omit<Stored<unknown>, "form">;

export async function loadRegistration<Form>(
  store: UserStore,
): Promise<RegistrationDraft<Form> | null> {
  const stored = await loadDraft<Stored<Form>>(store, FORM);
  if (!stored) return null;
  const pictures: Pictures = {};
  for (const kind of PAPERS) {
    const key = pictureKey(kind);
    const row = await store.db.get("drafts", key);
    if (!row) continue;
    const bytes = await unsealBytes(store.sealKey, draftPlace(key), row.sealed);
    pictures[kind] = new Blob([bytes], { type: "image/jpeg" });
  }
  return { ...stored, pictures };
}

export async function dropRegistration({ db }: UserStore): Promise<void> {
  const transaction = db.transaction("drafts", "readwrite");
  for (const key of REGISTRATION_DRAFTS) transaction.store.delete(key);
  await transaction.done;
}

/** Whose registration is half filled, without opening its pictures. */
export const peekRegistration = (store: UserStore): Promise<Begun | null> =>
  loadDraft<Begun>(store, FORM);

export function useBegunRegistration(): Begun | null {
  const [begun, setBegun] = useState<Begun | null>(null);
  useEffect(() => {
    let current = true;
    void peekRegistration(openStore().store).then((found) => current && setBegun(found));
    return () => {
      current = false;
    };
  }, []);
  return begun;
}

/** Writes one after the other, so that the last key typed is the last one on disk. */
export class RegistrationKeeper<Form> {
  private readonly store = openStore().store;
  private writing: Promise<void> = Promise.resolve();
  private open = true;

  constructor(private readonly begunAt: number) {}

  /** Rejects where the phone has no room: what lay there before still does. */
  keep(form: Form, name: string, picture?: { kind: PaperKind; blob: Blob }): Promise<void> {
    if (!this.open) return Promise.resolve();
    const stored = { form, name, begunAt: this.begunAt };
    const write = () => writeDraft(this.store, stored, picture);
    // One that found no room does not stop the later ones.
    this.writing = this.writing.catch(() => undefined).then(write);
    return this.writing;
  }

  /** Nothing was typed after all. */
  forget(): Promise<void> {
    if (!this.open) return Promise.resolve();
    this.writing = this.writing.catch(() => undefined).then(() => dropRegistration(this.store));
    return this.writing;
  }

  /** While the member is written down; resolves once nothing is on its way to the disk. */
  async close(): Promise<void> {
    this.open = false;
    await this.writing.catch(() => undefined);
  }

  reopen(): void {
    this.open = true;
  }
}

async function writeDraft(
  store: UserStore,
  stored: Stored<unknown>,
  picture?: { kind: PaperKind; blob: Blob },
): Promise<void> {
  const rows = [await sealDraft(store, FORM, stored)];
  if (picture) {
    const key = pictureKey(picture.kind);
    const bytes = new Uint8Array(await picture.blob.arrayBuffer());
    rows.push({ key, sealed: await sealBytes(store.sealKey, draftPlace(key), bytes) });
  }
  const transaction = store.db.transaction("drafts", "readwrite");
  for (const row of rows) transaction.store.put(row);
  await transaction.done;
}
