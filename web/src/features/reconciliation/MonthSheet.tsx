/** The month as on paper: what was there, what came and went by its kind, what is there, what others say. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Money } from "../../components/Money";
import type { MoneyAccount } from "../../gen/graphql";
import { label, t } from "../../i18n";
import classes from "./Reconciliation.module.css";
import type { Month, MonthAccount } from "./reconciliation-api";
import { kindsOf, type Way } from "./sheet";

type Props = {
  month: Month;
  /** What this role may enter; none once the month is signed. */
  mayEnter: (account: MoneyAccount) => boolean;
  mayImport: boolean;
  onEnter: (account: MoneyAccount) => void;
  onImport: (account: MoneyAccount) => void;
};

export function MonthSheet({ month, mayEnter, mayImport, onEnter, onImport }: Props) {
  const { accounts } = month;
  const actions = accounts.some(({ account }) => mayEnter(account));
  return (
    <div className={classes.scroll}>
      <table className={classes.sheet} data-testid="month-sheet">
        <caption className="visually-hidden">{t("month.sheet")}</caption>
        <thead>
          <tr>
            <td />
            {accounts.map(({ account }) => (
              <th key={account} scope="col">
                {t(`account.${account}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row name={t("month.opening")} accounts={accounts} of={({ opening }) => opening} strong />
          <Kinds way="moneyIn" accounts={accounts} />
          <Row name={t("month.in")} accounts={accounts} of={({ moneyIn }) => moneyIn} strong />
          <Kinds way="moneyOut" accounts={accounts} />
          <Row name={t("month.out")} accounts={accounts} of={({ moneyOut }) => moneyOut} strong />
          <Row
            name={t("month.closing")}
            accounts={accounts}
            of={({ closing }) => closing}
            testId="closing"
            strong
          />
          <Row
            name={t("month.stated")}
            accounts={accounts}
            of={({ statement }) => statement?.closing ?? null}
            testId="stated"
          />
          <Row
            name={t("month.difference")}
            accounts={accounts}
            of={({ difference }) => difference ?? null}
            testId="difference"
            strong
          />
          {actions && (
            <tr>
              <td />
              {accounts.map(({ account }) => (
                <td key={account}>
                  <span className={classes.cellActions}>
                    {mayEnter(account) && (
                      <Button
                        size="xs"
                        variant="default"
                        onClick={() => onEnter(account)}
                        data-testid={`enter-${account}`}
                      >
                        {t(account === "CASH" ? "month.enterCash" : "month.enterBalance")}
                      </Button>
                    )}
                    {mayImport && account !== "CASH" && (
                      <Button
                        size="xs"
                        variant="default"
                        onClick={() => onImport(account)}
                        data-testid={`import-${account}`}
                      >
                        {t("month.import")}
                      </Button>
                    )}
                  </span>
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Kinds({ way, accounts }: { way: Way; accounts: readonly MonthAccount[] }) {
  return kindsOf(accounts, way).map((kind) => (
    <Row
      key={kind}
      name={label("subcategory", kind)}
      accounts={accounts}
      of={({ subcategories }) => {
        const found = subcategories.find(({ subcategory }) => subcategory === kind)?.[way];
        return found && found !== "0.00" ? found : null;
      }}
      none=""
      minus={way === "moneyOut"}
      indent
    />
  ));
}

type RowProps = {
  name: string;
  accounts: readonly MonthAccount[];
  of: (account: MonthAccount) => string | null;
  none?: ReactNode;
  strong?: boolean;
  indent?: boolean;
  minus?: boolean;
  testId?: string;
};

function Row({ name, accounts, of, none = "—", strong, indent, minus, testId }: RowProps) {
  return (
    <tr data-strong={strong || undefined} data-indent={indent || undefined}>
      <th scope="row">{name}</th>
      {accounts.map((account) => {
        const value = of(account);
        return (
          <td key={account.account} data-testid={testId && `${testId}-${account.account}`}>
            {value === null ? (
              none
            ) : minus ? (
              <>
                −<Money value={value} />
              </>
            ) : (
              <Money value={value} />
            )}
          </td>
        );
      })}
    </tr>
  );
}
