import { bytesOfHash } from "@tablebanking/common/signing";
import { signDigest } from "@tablebanking/common/signing-keys";
import { uuidv7 } from "@tablebanking/common/uuid";
import { describe, expect, it } from "vitest";
import { keepSigner, listSigners, makeSigner, openSigner } from "../src/store/signers";
import { freshStore, GROUP } from "./fixtures";

const PIN = "580317";

async function enrolled() {
  const store = await freshStore();
  const about = {
    keyId: uuidv7(),
    userId: uuidv7(),
    name: "Mary Njeri",
    role: "GROUP_CHAIR" as const,
    groupId: GROUP,
  };
  const { signer, publicKey } = await makeSigner(about, PIN, 1000);
  await keepSigner(store, signer);
  return { store, signer, publicKey };
}

describe("a chair's key on the officer's phone", () => {
  it("opens by the chair's own PIN, and signs what its public half proves", async () => {
    const { store, signer, publicKey } = await enrolled();
    const opened = await openSigner(store, signer.keyId, PIN);
    if (opened.kind !== "open") throw new Error(opened.kind);
    const digest = bytesOfHash("ab".repeat(32));
    const signature = await signDigest(opened.key, digest);
    const bytes = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const open = await crypto.subtle.importKey(
      "spki",
      bytes(publicKey),
      { name: "ECDSA", namedCurve: "P-256" },
      false,
      ["verify"],
    );
    const raw = bytes(signature.replaceAll("-", "+").replaceAll("_", "/"));
    const by = { name: "ECDSA", hash: "SHA-256" };
    expect(await crypto.subtle.verify(by, open, raw, digest)).toBe(true);
  });

  it("counts wrong PINs before each try, waits, and is thrown away after ten", async () => {
    const { store, signer } = await enrolled();
    let now = 1_000_000;
    for (let wrong = 1; wrong <= 9; wrong += 1) {
      const answer = await openSigner(store, signer.keyId, "111222", now);
      expect(answer).toMatchObject({ kind: "wrong", triesLeft: 10 - wrong });
      if (wrong > 4) {
        const early = await openSigner(store, signer.keyId, PIN, now + 1000);
        expect(early.kind).toBe("delayed");
      }
      now += 3_600_000;
    }
    expect((await openSigner(store, signer.keyId, "111222", now)).kind).toBe("gone");
    expect(await listSigners(store)).toEqual([]);
    expect((await openSigner(store, signer.keyId, PIN, now)).kind).toBe("gone");
  });

  it("begins to count anew after the right PIN", async () => {
    const { store, signer } = await enrolled();
    await openSigner(store, signer.keyId, "111222");
    await openSigner(store, signer.keyId, PIN);
    expect((await listSigners(store))[0]?.wrongPins).toBe(0);
  });

  it("takes the place of the one before, and lies sealed", async () => {
    const { store, signer } = await enrolled();
    await keepSigner(store, { ...signer, keyId: uuidv7() });
    expect(await listSigners(store)).toHaveLength(1);
    const rows = await store.db.getAll("drafts");
    expect(rows.map(({ key }) => key)).toEqual(["signers"]);
    const bytes = new Uint8Array(rows[0]?.sealed.data ?? new ArrayBuffer(0));
    expect(new TextDecoder("latin1").decode(bytes)).not.toContain("Mary");
  });
});
