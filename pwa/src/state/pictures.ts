/** Pictures of members: written down to go up, shown again, and small faces for the list. */
import { uuidv7 } from "@tablebanking/common/uuid";
import type { Member, PaperKind } from "../lib/model";
import { papers } from "../operations/verifyIdentity";
import { shrinkPicture } from "../platform/pictures";
import { sealBytes, unsealBytes } from "../store/crypto";
import type { FaceRecord, UploadRecord } from "../store/schema";
import type { UserStore } from "../store/user-store";
import { fetchWhole, HttpFailure } from "../sync/api";
import { type Alongside, enqueue } from "../sync/outbox";
import { withToken } from "../sync/session";
import { openFile, removeUpload, resendUpload, sealFile, sealInfo } from "../sync/upload-box";
import { useData } from "./data";
import type { Parcel } from "./parcel";
import { openStore } from "./session";
import { syncSoon } from "./sync";

export interface Picture {
  kind: PaperKind;
  /** A JPEG that the server takes as it is. */
  blob: Blob;
}

type Owner = Pick<Member, "id" | "groupId" | "memberName">;

/** Of a member who is on this phone. Resolves once they are safely here. */
export async function savePictures(member: Owner, pictures: Picture[]): Promise<void> {
  await enqueue(openStore().store, [], await sealPictures(member, pictures));
  syncSoon();
}

/** What is written along with a registration, or alone. */
export async function sealPictures(
  member: Owner,
  pictures: Picture[],
): Promise<Pick<Alongside, "uploads" | "faces">> {
  const { store, dataKey } = openStore();
  if (pictures.length === 0) return {};
  const sealed = await Promise.all(pictures.map((picture) => sealUpload(store, member, picture)));
  const face = pictures.find(({ kind }) => kind === "PHOTO");
  const id = sealed[face ? pictures.indexOf(face) : 0]?.record.id ?? "";
  const faces = face ? [await sealFace(dataKey, member, id, face.blob)] : [];
  return { uploads: sealed, faces };
}

const NEW = {
  seq: 0,
  status: "waiting",
  sent: 0,
  begun: false,
  tries: 0,
  code: null,
  documentId: null,
  settledAt: null,
} as const;

async function sealUpload(store: UserStore, member: Owner, { kind, blob }: Picture) {
  const id = uuidv7();
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const groupName = useData.getState().groups.get(member.groupId)?.name ?? "";
  const isPaper = kind === "ID_FRONT" || kind === "ID_BACK";
  const record: UploadRecord = {
    ...NEW,
    id,
    kind,
    groupId: member.groupId,
    memberId: member.id,
    meetingId: null,
    makes: isPaper ? [papers(member.id)] : [],
    needs: [member.id],
    takenAt: Date.now(),
    size: bytes.length,
    info: await sealInfo(store, id, {
      memberName: member.memberName,
      groupName,
      sha256,
      message: null,
    }),
  };
  return { record, bytes: await sealFile(store.sealKey, id, bytes) };
}

/** Out of a colleague's hands: those of my groups that this phone does not have. */
export async function takePictures({ pictures = [] }: Parcel) {
  const { store } = openStore();
  const { groups, uploads } = useData.getState();
  const known = new Set(uploads.map(({ id }) => id));
  const fresh = pictures.filter(({ id, groupId }) => groups.has(groupId) && !known.has(id));
  return Promise.all(
    fresh.map(async ({ picture, sha256, memberName, groupName, ...rest }) => {
      const encoded = atob(picture.slice(picture.indexOf(",") + 1));
      const bytes = Uint8Array.from(encoded, (one) => one.charCodeAt(0));
      const info = { memberName, groupName, sha256, message: null };
      const record: UploadRecord = {
        ...NEW,
        ...rest,
        size: bytes.length,
        info: await sealInfo(store, rest.id, info),
      };
      return { record, bytes: await sealFile(store.sealKey, rest.id, bytes) };
    }),
  );
}

export async function sendPictureAgain(id: string): Promise<void> {
  await resendUpload(openStore().store, id);
  syncSoon();
}

export const dropPicture = (id: string): Promise<void> => removeUpload(openStore().store, id);

/** The picture as it lies here, or null once it is with the server. */
export async function openPicture(uploadId: string): Promise<Blob | null> {
  const bytes = await openFile(openStore().store, uploadId);
  return bytes && new Blob([bytes], { type: "image/jpeg" });
}

const FETCH_TIMEOUT_MS = 60_000;

/** From the server: needs signal. Throws as api.ts does. */
export async function fetchPicture(documentId: string): Promise<Blob> {
  return withToken(openStore().store, async (token) => {
    const headers = { authorization: `Bearer ${token}` };
    const { status, body } = await fetchWhole(
      `/documents/${documentId}`,
      { headers },
      FETCH_TIMEOUT_MS,
      (response) => response.blob(),
    );
    if (status >= 400) throw new HttpFailure(status);
    return body;
  });
}

/**
 * Faces: about 6 KB each, of members that were photographed or looked at here. All photos of
 * 5,000 members would be over a gigabyte; the last 500 faces are some 3 MB.
 */
const FACE_SIDE = 192;
const FACE_BYTES = 12_000;
export const MOST_FACES = 500;

const facePlace = (memberId: string) => `faces:${memberId}`;

async function sealFace(
  dataKey: CryptoKey,
  member: Pick<Member, "id" | "groupId">,
  documentId: string,
  photo: Blob,
): Promise<FaceRecord> {
  const small = await shrinkPicture(photo, { longSide: FACE_SIDE, maxBytes: FACE_BYTES });
  const bytes = new Uint8Array(await small.arrayBuffer());
  const sealed = await sealBytes(dataKey, facePlace(member.id), bytes);
  const { id, groupId } = member;
  return { id, groupId, documentId, usedAt: Date.now(), sealed };
}

/** The face as it lies here; fetched anew where there is signal and the office has another one. */
export async function faceOf(member: Member): Promise<Blob | null> {
  const { store, dataKey } = openStore();
  const known = await store.db.get("faces", member.id);
  const wanted = member.papers?.PHOTO?.id;
  const taken = useData
    .getState()
    .uploads.some((row) => row.memberId === member.id && row.kind === "PHOTO");
  if (known && (taken || !wanted || wanted === known.documentId || !navigator.onLine)) {
    return open(dataKey, known);
  }
  if (!wanted || !navigator.onLine) return null;
  try {
    const photo = await fetchPicture(wanted);
    const face = await sealFace(dataKey, member, wanted, photo);
    await keepFace(store, face);
    return await open(dataKey, face);
  } catch {
    // A nicety: without signal, or a photo that cannot be read, the page does without.
    return known ? open(dataKey, known) : null;
  }
}

async function open(dataKey: CryptoKey, { id, sealed }: FaceRecord): Promise<Blob> {
  return new Blob([await unsealBytes(dataKey, facePlace(id), sealed)], { type: "image/jpeg" });
}

/** Those not looked at for longest make room. */
export async function keepFace(store: UserStore, face: FaceRecord): Promise<void> {
  const transaction = store.db.transaction("faces", "readwrite");
  await transaction.store.put(face);
  let spare = (await transaction.store.count()) - MOST_FACES;
  let cursor = await transaction.store.index("usedAt").openCursor();
  for (; cursor && spare > 0; cursor = await cursor.continue(), spare -= 1) await cursor.delete();
  await transaction.done;
}
