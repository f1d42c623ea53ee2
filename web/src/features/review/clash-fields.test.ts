import { expect, test } from "vitest";
import { inWords } from "./ClashFields";

const NOTHING = {
  memberName: null,
  phone: null,
  dateOfBirth: null,
  nextOfKin: null,
  isActive: null,
};

test("both sides of a clash read alike, and what is emptied says so", () => {
  expect(inWords({ ...NOTHING, phone: "+254711222333" }, "phone")).toBe("0711 222 333");
  expect(inWords({ ...NOTHING, isActive: false }, "isActive")).toBe("Left");
  expect(inWords(NOTHING, "dateOfBirth")).toBe("None");
  expect(inWords({ ...NOTHING, nextOfKin: [] }, "nextOfKin")).toBe("None");
  const mary = { name: "Mary", relationship: "Sister", phone: "+254722000999", idNumber: null };
  expect(inWords({ ...NOTHING, nextOfKin: [mary] }, "nextOfKin")).toBe(
    "Mary, Sister, 0722 000 999",
  );
  // A field that a newer server names is shown as unknown, not as empty.
  expect(inWords(NOTHING, "nickname")).toBe("…");
});
