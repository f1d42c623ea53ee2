/** The part of a form that says how money passes; with an open meeting, at its table. */
import { type IsoDate, todayInNairobi } from "@tablebanking/common/dates";
import { useState } from "react";
import type { Paid } from "../../state/loan-actions";
import { type ListedMeeting, useOpenMeeting } from "../../state/meetings";
import {
  atMeeting,
  latestDay,
  type PayErrors,
  type PayValues,
  payToday,
  readPayment,
} from "./payment";

export interface Payment {
  values: PayValues;
  errors: PayErrors;
  onChange: (values: PayValues) => void;
  /** The last day that can be chosen. */
  latest: IsoDate;
  meeting: ListedMeeting | null;
  /** Null while something is wrong with it. */
  paid: Paid | null;
  /** Not yet: it is being read whether a meeting is on. */
  ready: boolean;
}

export function usePayment(groupId: string, earliest: IsoDate | null): Payment {
  const found = useOpenMeeting(groupId);
  const [typed, setTyped] = useState<PayValues | null>(null);
  const meeting = found ?? null;
  const latest = latestDay(meeting, todayInNairobi());
  const values = typed ?? { ...payToday(), date: latest };
  const { paid, errors } = readPayment(values, earliest, latest);
  return {
    ...{ values, errors, latest, meeting },
    onChange: setTyped,
    paid: paid && atMeeting(paid, meeting),
    ready: found !== undefined,
  };
}
