/** What the member has in each fund at the end of each month of the year. */

import { todayInNairobi } from "@tablebanking/common/dates";
import { lazy, Suspense } from "react";
import { DetailSection } from "../../components/DetailPage";
import { LoadingRows } from "../../components/States";
import { t } from "../../i18n";
import { usePassbookQuery } from "./members-api";

const SavingsChart = lazy(() => import("./SavingsChart"));

export function SavingsByFund({ memberId }: { memberId: string }) {
  const year = Number(todayInNairobi().slice(0, 4));
  const { currentData: book } = usePassbookQuery({ memberId, year });
  if (!book) return null;
  return (
    <DetailSection id="member-savings" title={t("member.savingsInYear", { year })}>
      <Suspense fallback={<LoadingRows />}>
        <SavingsChart book={book} />
      </Suspense>
    </DetailSection>
  );
}
