/** A group that comes from paper puts what it has, and whose it is, into the books: once. */
import { Alert, Button, TextInput } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { formatKes, formatMoney } from "@tablebanking/common/money";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useGroupQuery } from "../../api/groups";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { DateInput } from "../../components/DateInput";
import { MoneyInput } from "../../components/MoneyInput";
import { Empty } from "../../components/States";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { useForm } from "../../lib/use-form";
import { useSession } from "../../lib/use-session";
import classes from "./Opening.module.css";
import { OpeningLoans } from "./OpeningLoans";
import { OpeningSavings } from "./OpeningSavings";
import { OpeningTotals } from "./OpeningTotals";
import { blankOpening, check, FUNDS, MONEY, type Opening, sidesOf, toInput } from "./opening";
import { useRecordOpeningMutation } from "./opening-api";

export default function OpeningTab({ groupId }: { groupId: string }) {
  const { user } = useSession();
  const { data: group } = useGroupQuery(groupId);
  if (user?.role !== "SYSTEM_ADMIN") return <Empty title={t("opening.adminOnly")} />;
  if (group && group.bookHead.sequence > 0) {
    return <Empty title={t("opening.begun")} hint={t("opening.begunHint")} />;
  }
  return <OpeningForm groupId={groupId} name={group?.name ?? ""} />;
}

function OpeningForm({ groupId, name }: { groupId: string; name: string }) {
  const navigate = useNavigate();
  const [record] = useRecordOpeningMutation();
  const [asking, setAsking] = useState(false);
  const form = useForm<Opening, string>({
    initial: blankOpening(todayInNairobi()),
    check,
    send: (values, { offlineSyncId }) => record(toInput(values, groupId, offlineSyncId)),
    onDone: () => navigate(`/groups/${groupId}`),
  });
  const { values, errors, change, field } = form;
  const sides = sidesOf(values);
  const review = (event: FormEvent) => {
    event.preventDefault();
    if (form.valid()) setAsking(true);
  };
  const send = async () => {
    await form.submit();
    setAsking(false);
  };
  return (
    <form onSubmit={review} noValidate className={classes.form} aria-label={t("opening.title")}>
      <div className={classes.body}>
        <p className={classes.soft}>{t("opening.intro")}</p>
        {errors.general && (
          <Alert color="red" variant="light" role="alert" data-testid="form-error">
            {errors.general}
          </Alert>
        )}
        <Part title={t("opening.money")}>
          <div className={classes.grid}>
            <DateInput
              label={t("opening.date")}
              max={todayInNairobi()}
              {...field("date")}
              testId="opening-date"
            />
            {MONEY.map((one) => (
              <MoneyInput
                key={one}
                label={t(`opening.${one}`)}
                {...field(one)}
                testId={`opening-${one}`}
              />
            ))}
          </div>
        </Part>
        <OpeningSavings groupId={groupId} {...field("savings")} errors={errors.fields} />
        <OpeningLoans groupId={groupId} {...field("loans")} errors={errors.fields} />
        <Part title={t("opening.funds")}>
          <div className={classes.grid}>
            {FUNDS.map((one) => (
              <MoneyInput
                key={one}
                label={t(`opening.${one}`)}
                {...field(one)}
                testId={`opening-${one}`}
              />
            ))}
          </div>
        </Part>
        <Part title={t("opening.earned")}>
          <div className={classes.surplus}>
            <MoneyInput
              label={t("opening.surplus")}
              description={t("opening.surplusHint")}
              {...field("surplus")}
              testId="opening-surplus"
            />
            <Button
              variant="default"
              onClick={() => change({ surplus: formatMoney(sides.rest) })}
              data-testid="opening-take-rest"
            >
              {t("opening.takeRest", { amount: formatKes(sides.rest) })}
            </Button>
          </div>
          <TextInput
            label={`${t("opening.note")} (${t("common.optional")})`}
            {...form.bind("note")}
          />
        </Part>
      </div>
      <OpeningTotals sides={sides} />
      {asking && (
        <ConfirmDialog
          title={t("opening.title")}
          facts={facts(name, values)}
          note={t("opening.once")}
          confirmLabel={t("opening.post")}
          busy={form.busy}
          onConfirm={() => void send()}
          onClose={() => setAsking(false)}
        />
      )}
    </form>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h2 className={classes.heading}>{title}</h2>
      {children}
    </section>
  );
}

function facts(name: string, values: Opening) {
  const sides = sidesOf(values);
  const figure = (label: string, amount: number) => ({
    name: label,
    value: formatKes(amount),
    figure: true,
  });
  const savers = Object.values(values.savings).filter((one) => one.trim() !== "").length;
  return [
    { name: t("picker.group"), value: name },
    { name: t("opening.date"), value: plainDate(values.date) },
    figure(t("opening.money"), sides.money),
    figure(t("opening.loansOf", { count: values.loans.length }), sides.loans),
    figure(t("opening.savingsOf", { count: savers }), sides.savings),
    figure(t("opening.funds"), sides.funds),
    figure(t("opening.surplus"), sides.surplus),
  ];
}
