/** Groups, with their terms and the money on the table. */
import { type Cents, fromDecimal } from "@tablebanking/common/money";
import type { GroupCopyFragment } from "../gen/graphql";
import type { Group } from "../lib/model";
import { recordKind } from "./kind";

/** The terms a group has set for itself. Rates are hundredths of a percent, as common/src/loans.ts computes with them. */
export interface GroupTerms {
  minimumSaving: Cents;
  shortTermRate: number;
  longTermRate: number;
  projectRate: number;
  profitShare: number;
  lateFine: Cents;
  missedMeetingFine: Cents;
  lateMeetingFine: Cents;
  missedSavingFine: Cents;
  graceDays: number;
  earlyDays: number;
  appreciationFee: Cents;
  appreciationPercent: number;
  welfareLimit: Cents;
  welfareMonths: number;
  welfarePerYear: number;
  quorumPercent: number;
}

export const groups = recordKind({
  store: "groups",
  groupId: (group: Group) => group.id,
  fromNode: (node: GroupCopyFragment): Group => ({
    id: node.id,
    name: node.name,
    groupCode: node.groupCode,
    county: node.county,
    ward: node.ward,
    meetingDay: node.meetingDay,
    meetingVenue: node.meetingVenue,
    active: node.status === "ACTIVE",
    minimumSaving: fromDecimal(node.settings.minimumSaving),
    cashBalance: fromDecimal(node.cashBalance),
    terms: termsOf(node.settings),
  }),
  older: (group: Group): Group => ({
    ...group,
    cashBalance: group.cashBalance ?? null,
    terms: group.terms ?? null,
  }),
});

function termsOf(settings: GroupCopyFragment["settings"]): GroupTerms {
  return {
    minimumSaving: fromDecimal(settings.minimumSaving),
    shortTermRate: hundredths(settings.shortTermRate),
    longTermRate: hundredths(settings.longTermRate),
    projectRate: hundredths(settings.projectRate),
    profitShare: hundredths(settings.profitShare),
    lateFine: fromDecimal(settings.lateFine),
    missedMeetingFine: fromDecimal(settings.missedMeetingFine),
    lateMeetingFine: fromDecimal(settings.lateMeetingFine),
    missedSavingFine: fromDecimal(settings.missedSavingFine),
    graceDays: settings.graceDays,
    earlyDays: settings.earlyDays,
    appreciationFee: fromDecimal(settings.appreciationFee),
    appreciationPercent: hundredths(settings.appreciationPercent),
    welfareLimit: fromDecimal(settings.welfareLimit),
    welfareMonths: settings.welfareMonths,
    welfarePerYear: settings.welfarePerYear,
    quorumPercent: hundredths(settings.quorumPercent),
  };
}

/** A Percent is written as Money is: "12.50" is 1250 hundredths. */
export const hundredths = fromDecimal;
