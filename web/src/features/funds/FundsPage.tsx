/** Savings and funds: what moved beside the contributions, welfare, fines. */
import { useParams } from "react-router";
import { Tabs } from "../../components/Tabs";
import { t } from "../../i18n";
import { FinesTab } from "./FinesTab";
import classes from "./Funds.module.css";
import { MovementsTab } from "./MovementsTab";
import { WelfareTab } from "./WelfareTab";

export default function FundsPage() {
  const { tab = "movements" } = useParams();
  return (
    <div className={classes.page}>
      <div className={classes.tabs}>
        <Tabs
          label={t("nav.savings")}
          tabs={[
            { to: "/funds", text: t("funds.movements"), exact: true },
            { to: "/funds/welfare", text: t("funds.welfare") },
            { to: "/funds/fines", text: t("funds.fines") },
          ]}
        />
      </div>
      {tab === "welfare" && <WelfareTab />}
      {tab === "fines" && <FinesTab />}
      {tab !== "welfare" && tab !== "fines" && <MovementsTab />}
    </div>
  );
}
