/** Is everything of mine safe? What Today says in one look. */
import { type Cents, sumCents } from "@tablebanking/common/money";
import type { Operation, Upload } from "../lib/model";
import { kindOf } from "../operations";
import { isUnsent, needsOfficer } from "../sync/outbox";
import { uploadNeedsOfficer } from "../sync/upload-box";

export interface Safety {
  /** `old`: so long on one phone alone that the officer should look for a signal today. */
  level: "safe" | "waiting" | "old" | "needsYou";
  unsent: number;
  needsYou: number;
  atOffice: number;
  /** Members' cash that only this phone knows of. */
  cash: Cents;
  oldestAt: number | null;
  oldestDays: number;
}

const DAY_MS = 86_400_000;
/** A phone may be lost any day: after a day without signal it is worth a walk up the hill. */
export const OLD_AFTER_MS = DAY_MS;

export function safetyOf(operations: readonly Operation[], now: number = Date.now()): Safety {
  const unsent = operations.filter(isUnsent);
  const needsYou = unsent.filter(needsOfficer).length;
  const oldestAt = unsent.length > 0 ? Math.min(...unsent.map((row) => row.timestamp)) : null;
  const age = oldestAt === null ? 0 : Math.max(0, now - oldestAt);
  return {
    level: levelOf(unsent.length, needsYou, age),
    unsent: unsent.length,
    needsYou,
    atOffice: operations.filter((row) => row.status === "held").length,
    cash: sumCents(unsent.map(cashTaken)),
    oldestAt,
    oldestDays: Math.floor(age / DAY_MS),
  };
}

/** Pictures that are on this phone alone count as well. */
export function withPictures(safety: Safety, pictures: readonly Upload[]): Safety {
  if (pictures.length === 0) return safety;
  const needsYou = safety.needsYou + pictures.filter(uploadNeedsOfficer).length;
  const waiting = safety.level === "safe" ? "waiting" : safety.level;
  return { ...safety, needsYou, level: needsYou > 0 ? "needsYou" : waiting };
}

function levelOf(unsent: number, needsYou: number, age: number): Safety["level"] {
  if (unsent === 0) return "safe";
  if (needsYou > 0) return "needsYou";
  return age >= OLD_AFTER_MS ? "old" : "waiting";
}

/** Money that really moved into the box; not what was brought from the bank. */
function cashTaken({ type, body }: Operation): Cents {
  const kind = kindOf(type);
  return kind?.final ? Math.max(0, kind.cash?.(body) ?? 0) : 0;
}
