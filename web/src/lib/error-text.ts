/** A failed request in plain words, and its messages sorted to the fields they belong to. */
import { hasWord, language, t } from "../i18n";
import type { GraphQLFailure, RequestError } from "./graphql-request";

export function errorText(error: RequestError, saving = false): string {
  if (error.kind === "offline") return t(saving ? "error.offlineSave" : "error.offline");
  if (error.kind === "broken") return t("error.broken");
  if (error.code === "UNAUTHENTICATED") return t("error.signedOut");
  return failureText(error) || t("error.broken");
}

/**
 * The server writes its refusals for people, in English and with the figures of the case; in
 * Swahili the words come by code, and the server's only where it has a code we do not know.
 */
export function failureText({ code, message }: Pick<GraphQLFailure, "code" | "message">): string {
  const key = `why.${code}`;
  const known = hasWord(key);
  if (known && (language !== "en" || !message)) return t(key);
  return message;
}

export type FormErrors = { fields: Record<string, string>; general: string | null };

/** Errors whose field the form does not show go to the general message: none gets lost. */
export function formErrors(error: RequestError, shown: readonly string[]): FormErrors {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const failure of error.failures) {
    const field = matchField(failure.field, shown);
    if (field) fields[field] = failureText(failure);
    else rest.push(failureText(failure));
  }
  if (error.kind !== "refused" || error.failures.length === 0) {
    return { fields: {}, general: errorText(error, true) };
  }
  return { fields, general: rest.length > 0 ? rest.join(" ") : null };
}

/** What is left of the errors once the person has touched some fields. */
export function withoutErrors(errors: FormErrors, changed: readonly string[]): FormErrors {
  const touched = (name: string) =>
    changed.some((field) => name === field || name.startsWith(`${field}.`));
  const left = Object.entries(errors.fields).filter(([name]) => !touched(name));
  return { fields: Object.fromEntries(left), general: null };
}

/**
 * The server names nested fields by their path ("input.amount", "nextOfKin.0.phone"). A form that
 * shows a list ("nextOfKin") gets the whole path, to say it beside the row.
 */
function matchField(field: string | undefined, shown: readonly string[]): string | null {
  if (!field) return null;
  const path = field.replace(/^input\./, "");
  const list = /^(\w+)\.\d+\./.exec(path)?.[1];
  if (list && shown.includes(list)) return path;
  return shown.find((name) => path === name || path.endsWith(`.${name}`)) ?? null;
}

export function isRequestError(error: unknown): error is RequestError {
  return typeof error === "object" && error !== null && "kind" in error && "failures" in error;
}

/** RTK Query's error is ours, or a bug of our own that it serialised. */
export function asRequestError(error: unknown): RequestError {
  if (isRequestError(error)) return error;
  return { kind: "broken", code: "INTERNAL", message: "", failures: [] };
}
