/** What the member has in each fund at the end of each month of the year. */
import { todayInNairobi } from "@tablebanking/common/dates";
import { lazy, Suspense } from "react";
import { LoadingRows } from "../../components/States";
import { t } from "../../i18n";
import classes from "./MemberPage.module.css";
import { usePassbookQuery } from "./members-api";

const SavingsChart = lazy(() => import("./SavingsChart"));

export function SavingsByFund({ memberId }: { memberId: string }) {
  const year = Number(todayInNairobi().slice(0, 4));
  const { currentData: book } = usePassbookQuery({ memberId, year });
  if (!book) return null;
  return (
    <section className={classes.section} aria-labelledby="member-savings">
      <h2 id="member-savings">{t("member.savingsInYear", { year })}</h2>
      <Suspense fallback={<LoadingRows />}>
        <SavingsChart book={book} />
      </Suspense>
    </section>
  );
}
