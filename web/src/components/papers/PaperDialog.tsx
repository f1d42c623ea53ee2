/** Which paper, in which language, of which time; then how far it is, and the file. */
import { NativeSelect } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { useState } from "react";
import { type PaperState, useRequestPaperMutation } from "../../api/papers";
import { LANGUAGE_NAMES, type Language, language, t } from "../../i18n";
import { monthText } from "../../lib/dates";
import { pastMonths } from "../../lib/months";
import { useForm } from "../../lib/use-form";
import { DateInput } from "../DateInput";
import { FormModal } from "../FormModal";
import { PaperProgress } from "./PaperProgress";
import classes from "./Papers.module.css";
import {
  checkPaper,
  fieldOf,
  offerText,
  type PaperOffer,
  type PaperPeriod,
  type PaperValues,
  pastYears,
  toRequest,
  usualPeriod,
} from "./paper";

type Props = {
  offers: readonly PaperOffer[];
  name: string;
  period?: Partial<PaperPeriod>;
  onClose: () => void;
};

export default function PaperDialog({ offers, name, period, onClose }: Props) {
  const [paper, setPaper] = useState<PaperState | null>(null);
  const [request] = useRequestPaperMutation();
  const offerOf = ({ offer }: PaperValues) => offers[Number(offer)] ?? (offers[0] as PaperOffer);
  const form = useForm<PaperValues, PaperState>({
    initial: { offer: "0", language, ...usualPeriod(), ...period },
    check: (values) => checkPaper(offerOf(values), values),
    send: (values) => request(toRequest(offerOf(values), values)),
    onDone: setPaper,
  });
  const offer = offerOf(form.values);
  if (paper) {
    return (
      <PaperProgress
        key={paper.id}
        asked={paper}
        title={offerText(offer)}
        fileName={`${offerText(offer)} ${name}.${offer.wholeGroup ? "zip" : "pdf"}`}
        onAgain={() => setPaper(null)}
        onClose={onClose}
      />
    );
  }
  return (
    <FormModal
      title={t("paper.title")}
      submitLabel={t("paper.make")}
      submitTestId="paper-submit"
      busy={form.busy}
      error={form.errors.general}
      onSubmit={form.submit}
      onClose={onClose}
    >
      {offers.length > 1 ? (
        <NativeSelect
          label={t("paper.which")}
          {...form.bind("offer")}
          data={offers.map((one, place) => ({ value: String(place), label: offerText(one) }))}
          data-testid="paper-which"
        />
      ) : (
        <p className={classes.plain}>{offerText(offer)}</p>
      )}
      <Period form={form} offer={offer} />
      <NativeSelect
        label={t("messages.language")}
        {...form.bind("language")}
        data={(Object.keys(LANGUAGE_NAMES) as Language[]).map((value) => ({
          value,
          label: LANGUAGE_NAMES[value],
        }))}
        data-testid="paper-language"
      />
    </FormModal>
  );
}

type Form = ReturnType<typeof useForm<PaperValues, PaperState>>;

function Period({ form, offer }: { form: Form; offer: PaperOffer }) {
  const { values } = form;
  const field = fieldOf(offer);
  if (field === "year") {
    const years = pastYears();
    if (!years.includes(values.year)) years.push(values.year);
    return (
      <NativeSelect
        label={t("passbook.year")}
        {...form.bind("year")}
        data={years}
        data-testid="paper-year"
      />
    );
  }
  if (field === "month") {
    const months = pastMonths();
    if (!months.includes(values.month)) months.push(values.month);
    return (
      <NativeSelect
        label={t("month.month")}
        {...form.bind("month")}
        data={months.map((value) => ({ value, label: monthText(value) }))}
        data-testid="paper-month"
      />
    );
  }
  if (field !== "span") return null;
  const today = todayInNairobi();
  return (
    <>
      <DateInput label={t("common.from")} {...form.field("from")} max={today} testId="paper-from" />
      <DateInput label={t("common.to")} {...form.field("to")} max={today} testId="paper-to" />
    </>
  );
}
