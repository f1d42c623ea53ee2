/** A chair or committee member signs in once on the officer's phone, and leaves a key there. */
import { uuidv7 } from "@tablebanking/common/uuid";
import {
  EnrolSigningKeyDocument,
  LoginDocument,
  LogoutDocument,
  SignsForDocument,
} from "../gen/graphql";
import { loadDevice } from "../store/device";
import { keepSigner, makeSigner, type Signer, type SignerRole } from "../store/signers";
import type { UserStore } from "../store/user-store";
import { request } from "./api";

/** Signed in, but nobody who signs for this group. */
export class NotASigner extends Error {
  override name = "NotASigner";
}

/** Their session is ended again at once: the officer's phone keeps nothing of it but the key. */
export async function enrolSigner(
  store: UserStore,
  groupId: string,
  credentials: { phone: string; password: string; pin: string },
): Promise<Signer> {
  const { phone, password, pin } = credentials;
  const { deviceId } = await loadDevice();
  const device = { id: deviceId, name: "Signing key" };
  const { login } = await request(LoginDocument, { input: { phone, password, device } });
  const token = login.accessToken;
  try {
    const { id: userId, name, role } = login.user;
    if (!isSigner(role)) throw new NotASigner();
    const { group } = await request(SignsForDocument, { groupId }, { token });
    if (!group) throw new NotASigner();
    const about = { keyId: uuidv7(), userId, name, role, groupId };
    const { signer, publicKey } = await makeSigner(about, pin);
    const input = { officerId: store.userId, publicKey, id: signer.keyId };
    await request(EnrolSigningKeyDocument, { input }, { token });
    await keepSigner(store, signer);
    return signer;
  } finally {
    await request(LogoutDocument, { refreshToken: login.refreshToken }, { token }).catch(
      () => undefined,
    );
  }
}

const isSigner = (role: string): role is SignerRole =>
  role === "GROUP_CHAIR" || role === "GROUP_COMMITTEE";
