import { expect, test } from "vitest";
import { t } from "../i18n";
import { errorText, formErrors, withoutErrors } from "./error-text";
import type { RequestError } from "./graphql-request";

const refused = (field?: string): RequestError => ({
  kind: "refused",
  code: "BAD_INPUT",
  message: "This code is taken.",
  failures: [{ code: "BAD_INPUT", message: "This code is taken.", field }],
});

test("a message goes beside its field, whatever path the server names it by", () => {
  for (const field of ["groupCode", "input.groupCode"]) {
    expect(formErrors(refused(field), ["name", "groupCode"])).toEqual({
      fields: { groupCode: "This code is taken." },
      general: null,
    });
  }
});

test("a message for a field that is not shown stands above the form", () => {
  const { fields, general } = formErrors(refused("geo"), ["name"]);
  expect(fields).toEqual({});
  expect(general).toBe("This code is taken.");
});

test("no signal while saving says that nothing is lost", () => {
  const offline: RequestError = { kind: "offline", code: "OFFLINE", message: "", failures: [] };
  expect(formErrors(offline, ["name"]).general).toBe(t("error.offlineSave"));
  expect(errorText(offline)).toBe(t("error.offline"));
});

test("touching a field takes away its error and the general one only", () => {
  const errors = { fields: { a: "1", b: "2" }, general: "x" };
  expect(withoutErrors(errors, ["a"])).toEqual({ fields: { b: "2" }, general: null });
});

test("a row of a list keeps its whole path, and touching the list takes its errors away", () => {
  const error = {
    kind: "refused" as const,
    code: "BAD_INPUT",
    message: "",
    failures: [{ code: "X", message: "No phone.", field: "input.nextOfKin.1.phone" }],
  };
  const found = formErrors(error, ["phone", "nextOfKin"]);
  expect(found).toEqual({ fields: { "nextOfKin.1.phone": "No phone." }, general: null });
  expect(withoutErrors(found, ["phone"]).fields).toHaveProperty(["nextOfKin.1.phone"]);
  expect(withoutErrors(found, ["nextOfKin"]).fields).toEqual({});
});
