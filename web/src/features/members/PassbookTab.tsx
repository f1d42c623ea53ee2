/** A member's year, month by month, as in the paper passbook. */
import { NativeSelect } from "@mantine/core";
import { todayInNairobi } from "@tablebanking/common/dates";
import { useConfig } from "../../api/config";
import { Money } from "../../components/Money";
import { type PlainColumn, PlainTable } from "../../components/PlainTable";
import { Failed, LoadingRows } from "../../components/States";
import { t } from "../../i18n";
import { monthText } from "../../lib/dates";
import { useFilters } from "../../lib/use-filters";
import classes from "./MemberPage.module.css";
import { type Passbook, usePassbookQuery } from "./members-api";

type Month = Passbook["months"][number];
const YEARS = 5;

export function PassbookTab({ memberId }: { memberId: string }) {
  const thisYear = Number(todayInNairobi().slice(0, 4));
  const years = Array.from({ length: YEARS }, (_, back) => String(thisYear - back));
  const filters = useFilters({ year: String(thisYear) });
  const year = years.includes(filters.values.year) ? Number(filters.values.year) : thisYear;
  const query = usePassbookQuery({ memberId, year });
  const book = query.currentData;
  return (
    <div className={classes.column} data-testid="member-passbook">
      <div className={classes.actions}>
        <NativeSelect
          label={t("passbook.year")}
          value={String(year)}
          onChange={(event) => filters.set({ year: event.currentTarget.value })}
          data={years}
          data-testid="passbook-year"
        />
      </div>
      {!book && query.isError && <Failed error={query.error} retry={query.refetch} />}
      {!book && !query.isError && <LoadingRows />}
      {book && <Months book={book} />}
    </div>
  );
}

const COLUMNS = [
  "savings",
  "withdrawn",
  "welfare",
  "project",
  "fines",
  "loanPrincipal",
  "repayments",
  "balance",
  "loanBalance",
] as const;
const ON_A_PHONE: readonly string[] = ["savings", "balance"];

function Months({ book }: { book: Passbook }) {
  const { currency } = useConfig();
  const columns: PlainColumn<Month>[] = [
    {
      key: "month",
      header: t("passbook.month"),
      nowrap: true,
      render: ({ month }) => monthText(`${book.year}-${String(month).padStart(2, "0")}`),
    },
    ...COLUMNS.map(
      (field): PlainColumn<Month> => ({
        key: field,
        header: t(`passbook.${field}`),
        align: "end",
        hide: !ON_A_PHONE.includes(field),
        render: (month) => <Money value={month[field]} />,
      }),
    ),
    {
      key: "row",
      header: t("passbook.monthsInARow"),
      align: "end",
      hide: true,
      render: ({ monthsInARow }) => monthsInARow,
    },
  ];
  return (
    <>
      <p className={classes.note}>
        {t("passbook.opening", { currency })} <Money value={book.openingBalance} />
      </p>
      <PlainTable
        label={t("member.passbook")}
        columns={columns}
        rows={book.months}
        rowKey={({ month }) => month}
        testId="passbook-table"
        rowTestId="passbook-month"
      />
    </>
  );
}
