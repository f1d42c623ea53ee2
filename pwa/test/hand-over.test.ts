import { describe, expect, it } from "vitest";
import { lockBox, newCode, openBox, readCode, WrongCode } from "../src/lib/lock-box";
import type { Operation, OperationBody } from "../src/lib/model";
import { NotAParcel, unwrap, wrap } from "../src/lib/parcel";
import { kindOf } from "../src/operations";
import { openFile, sortParcel } from "../src/state/hand-over";
import { makeParcel, readParcel, sendableByOthers } from "../src/state/parcel";
import { enqueue, markHanded, NotEditable, readOutbox, removeOperation } from "../src/sync/outbox";
import { freshStore, GROUP, loanStory, payment, picture, put, registration } from "./fixtures";

const OFFICER = { userId: "u1", name: "Peter Otieno", phone: "254712345678" };

describe("a file locked by a code", () => {
  it("opens with the code, however it was typed", async () => {
    const code = newCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const box = await lockBox(code, { jane: "ŋ500" });
    const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
    expect(await openBox(typed, box)).toEqual({ jane: "ŋ500" });
  });

  it("does not open with another code, nor after a change", async () => {
    const box = await lockBox("0000-0000-0000", "secret");
    await expect(openBox("0000-0000-0001", box)).rejects.toThrow(WrongCode);
    const changed = { ...box, data: `${box.data.startsWith("A") ? "B" : "A"}${box.data.slice(1)}` };
    await expect(openBox("0000-0000-0000", changed)).rejects.toThrow(WrongCode);
  });

  it("knows what is no code", () => {
    expect(readCode("7KQ2-M4XT-9RW")).toBeNull();
    expect(readCode("7KQ2-M4XT-9RW!")).toBeNull();
    expect(readCode("7kq2 m4xt 9rwb")).toBe("7KQ2M4XT9RWB");
  });
});

describe("the text file", () => {
  it("gives back what was put in, whatever the readable part says", () => {
    const contents = { a: ["x\ny", 1] };
    const inner = wrap("inner", { wrong: true });
    expect(unwrap(wrap(inner, contents).replaceAll("\n", "\r\n"))).toEqual(contents);
  });

  it.each(["", "hello", wrap("x", { a: 1 }).slice(0, -20), wrap("x", 1).replace("1", "{")])(
    "refuses what is cut off or something else",
    (text) => {
      expect(() => unwrap(text)).toThrow(NotAParcel);
    },
  );

  it("refuses contents of another version, and a lock that would take hours to try", async () => {
    expect(() => readParcel({ format: "tablebanking-outbox", version: 1, operations: [] })).toThrow(
      NotAParcel,
    );
    const box = { ...(await lockBox("0000-0000-0000", 1)), iterations: 10 ** 12 };
    const text = wrap("", { format: "tablebanking-hand-over", version: 1, box });
    await expect(openFile(text, "0000-0000-0000")).rejects.toThrow(NotAParcel);
  });
});

describe("what a colleague may send", () => {
  const operation = (body: OperationBody, seq: number): Operation => {
    const kind = kindOf(body.type);
    return {
      id: body.input.offlineSyncId,
      seq,
      type: body.type,
      body,
      status: "waiting",
      makes: kind?.makes?.(body) ?? [],
      needs: kind?.needs?.(body) ?? [],
    } as unknown as Operation;
  };

  it("is all but the officer's own word; money that rests on it goes as the fact it is", () => {
    const { application, approval, disbursement, repayment } = loanStory("m");
    const rows = [application, approval, disbursement, repayment].map(operation);
    expect(sendableByOthers(rows).map(({ type }) => type)).toEqual([
      "applyForLoan",
      "disburseLoan",
      "recordRepayment",
    ]);
  });

  it("leaves out what is here already, other groups' and other people's word", async () => {
    const store = await freshStore();
    const jane = registration();
    const money = payment(jane.memberId);
    const { approval } = loanStory(jane.memberId);
    await put(store, jane, money, { body: approval });
    const { operations } = await readOutbox(store);
    const parcel = await makeParcel(store, OFFICER, operations);
    const here = operations.filter(({ id }) => id === jane.id);
    const sorted = sortParcel(parcel, here, new Map([[GROUP, 1]]));
    expect(sorted.fresh.map(({ body }) => body.input.offlineSyncId)).toEqual([money.id]);
    expect(sorted).toMatchObject({ known: 1, notMine: 1 });
    expect(sortParcel(parcel, [], new Map()).fresh).toEqual([]);
  });

  it("goes through the file whole, pictures too", async () => {
    const store = await freshStore();
    const jane = registration();
    await put(store, jane);
    const { operations } = await readOutbox(store);
    const parcel = await makeParcel(store, OFFICER, operations);
    const box = await lockBox("0000-0000-0000", parcel);
    const text = wrap("words", { format: "tablebanking-hand-over", version: 1, box });
    expect(await openFile(text, null)).toEqual({ needsCode: true });
    expect(await openFile(text, "0000-0000-0000")).toEqual({ needsCode: false, parcel });
    expect(await openFile(wrap("open", parcel), null)).toEqual({ needsCode: false, parcel });
  });

  it("carries the pictures that go up by themselves", async () => {
    const store = await freshStore();
    const jane = registration();
    await put(store, jane);
    await enqueue(store, [], { uploads: [await picture(store, jane.memberId, 3_000)] });
    const { operations } = await readOutbox(store);
    const parcel = await makeParcel(store, OFFICER, operations);
    const [carried] = readParcel(JSON.parse(JSON.stringify(parcel))).pictures ?? [];
    expect(carried).toMatchObject({
      kind: "ID_FRONT",
      memberId: jane.memberId,
      needs: [jane.memberId],
      memberName: "Jane Wanjiku",
    });
    expect(Buffer.from(carried?.picture.split(",")[1] ?? "", "base64")).toHaveLength(3_000);
  });

  it("can no longer be changed by either of them, since the other may have sent it", async () => {
    const mine = await freshStore();
    const theirs = await freshStore();
    const jane = registration();
    await put(mine, jane);
    await markHanded(mine, [jane.id]);
    await enqueue(theirs, [{ groupId: GROUP, body: jane.body, timestamp: 5, uncertain: true }]);
    for (const store of [mine, theirs]) {
      await expect(removeOperation(store, jane.id, "mistyped")).rejects.toThrow(NotEditable);
    }
    expect(await theirs.db.get("pending_operations", jane.id)).toMatchObject({ timestamp: 5 });
  });
});
