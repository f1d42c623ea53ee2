/** The principal that is at risk: of loans late by more than so many days, of all that is out. */
import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { Stat, Stats } from "../../components/Stat";
import { t } from "../../i18n";
import { percentText } from "./cost";
import { useRisksQuery } from "./loans-api";
import classes from "./StageTiles.module.css";

export function RiskTiles({ groupId }: { groupId: string }) {
  const { currentData: risks } = useRisksQuery({ groupIds: groupId ? [groupId] : null });
  const tiles = [
    { days: 0, risk: risks?.days0 },
    { days: 30, risk: risks?.days30 },
    { days: 90, risk: risks?.days90 },
  ];
  return (
    <div className={classes.risks}>
      <Stats>
        {tiles.map(({ days, risk }) => (
          <Stat
            key={days}
            label={t(days === 0 ? "loans.riskAny" : "loans.risk", { days })}
            value={risk?.share ? percentText(risk.share) : null}
            hint={
              risk &&
              t("loans.riskHint", {
                atRisk: formatKes(fromDecimal(risk.atRisk)),
                out: formatKes(fromDecimal(risk.outstanding)),
              })
            }
            testId={`risk-${days}`}
          />
        ))}
      </Stats>
    </div>
  );
}
