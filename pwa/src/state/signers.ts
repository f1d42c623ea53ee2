/** Who can sign on this phone, and their signatures. */
import { bytesOfHash } from "@tablebanking/common/signing";
import { signDigest } from "@tablebanking/common/signing-keys";
import { useCallback, useEffect, useState } from "react";
import type { SignatureInput } from "../gen/graphql";
import { listSigners, openSigner, type Signer, type SignerKey } from "../store/signers";
import { openStore } from "./session";

export type { Signer } from "../store/signers";

/** Of a group; null until they are read. The chair comes first. */
export function useSigners(groupId: string): [Signer[] | null, () => void] {
  const [signers, setSigners] = useState<Signer[] | null>(null);
  const read = useCallback(() => {
    void listSigners(openStore().store).then((all) =>
      setSigners(
        all
          .filter((one) => one.groupId === groupId)
          .sort((a, b) => a.role.localeCompare(b.role) || a.name.localeCompare(b.name)),
      ),
    );
  }, [groupId]);
  useEffect(read, [read]);
  return [signers, read];
}

export type Signed =
  | { kind: "signed"; signature: SignatureInput }
  | Exclude<SignerKey, { kind: "open" }>;

/** Over a hash in hexadecimal, by the signer's own PIN. */
export async function signWith(signer: Signer, pin: string, hash: string): Promise<Signed> {
  const opened = await openSigner(openStore().store, signer.keyId, pin);
  if (opened.kind !== "open") return opened;
  const signature = await signDigest(opened.key, bytesOfHash(hash));
  return {
    kind: "signed",
    signature: { keyId: signer.keyId, signature, signedAt: new Date().toISOString() },
  };
}

/** Online, once. Not part of what is fetched for other screens. */
export async function enrol(
  groupId: string,
  credentials: { phone: string; password: string; pin: string },
): Promise<Signer> {
  const { enrolSigner } = await import("../sync/signers");
  return enrolSigner(openStore().store, groupId, credentials);
}
