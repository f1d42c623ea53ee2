/** An operation in words, and why it is where it is. */
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import { type Key, t } from "../../i18n";
import type { Operation } from "../../lib/model";

export function describe({ body }: Operation): string {
  switch (body.type) {
    case "recordContribution": {
      const kind = t(`kind.${body.input.contributionType}`);
      const amount = formatMoney(fromDecimal(body.input.amount));
      return t("op.contribution", { kind, amount, name: body.memberName });
    }
    case "registerMember":
      return t("op.register", { name: body.input.memberName });
    case "updateMember":
      return t("op.update", { name: body.memberName });
    case "trackOfficer":
      return t("op.position");
  }
}

export const groupNameOf = ({ body }: Operation) =>
  body.type === "trackOfficer" ? "" : body.groupName;

/** The refusals an officer meets, said in full; any other shows the server's own words. */
const KNOWN: Record<string, Key> = {
  UNKNOWN_MEMBER: "why.UNKNOWN_MEMBER",
  UNKNOWN_GROUP: "why.NOT_FOUND",
  ID_REUSED: "why.ID_REUSED",
  ID_NUMBER_TAKEN: "why.ID_NUMBER_TAKEN",
  TRANSACTION_KNOWN: "why.TRANSACTION_KNOWN",
  NOT_FOUND: "why.NOT_FOUND",
  FORBIDDEN: "why.FORBIDDEN",
  NOT_AVAILABLE: "why.NOT_AVAILABLE",
};

export function reasonFor(operation: Operation, behindRegistration: boolean): string | null {
  const message = operation.outcome?.message ?? operation.code ?? "";
  switch (operation.status) {
    case "waiting":
      if (behindRegistration) return t("why.behind");
      return operation.uncertain ? t("why.uncertain") : null;
    case "held":
      return t("why.held");
    case "conflict":
      return t("why.conflict");
    case "failed":
      return t("why.failed");
    case "rejected": {
      const known = operation.code && KNOWN[operation.code];
      return known ? t(known) : t("why.rejected", { message });
    }
    case "removed":
      return t("outbox.reasonGiven", { reason: operation.outcome?.reason ?? "" });
    default:
      return null;
  }
}
