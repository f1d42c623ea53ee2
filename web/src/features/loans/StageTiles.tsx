/** The pipeline: how many loans stand in each stage, and how much. Each tile shows its loans. */
import { formatMoney, fromDecimal } from "@tablebanking/common/money";
import { Chips } from "../../components/Chips";
import type { LoanStage } from "../../gen/graphql";
import { t } from "../../i18n";
import type { Pipeline } from "./loans-api";
import classes from "./StageTiles.module.css";
import { TILES, tileOf, WITHIN } from "./stages";

type Props = {
  pipeline: Pipeline | undefined;
  stage: LoanStage;
  onChange: (stage: LoanStage) => void;
};

export function StageTiles({ pipeline, stage, onChange }: Props) {
  const chosen = tileOf(stage);
  return (
    <fieldset className={classes.tiles} aria-label={t("loans.stages")}>
      {TILES.map((tile) => (
        <button
          key={tile}
          type="button"
          className={classes.tile}
          aria-pressed={tile === chosen}
          onClick={() => onChange(tile)}
          data-testid={`stage-${tile}`}
        >
          <span className={classes.label}>{t(`loanStage.${tile}`)}</span>
          <span className={classes.count}>{totalOf(pipeline, tile)?.count ?? "–"}</span>
          <span className={classes.amount}>{amountText(pipeline, tile)}</span>
        </button>
      ))}
    </fieldset>
  );
}

/** The finer stages of a tile: whose approval is missing, or how it ended. */
export function StageChips({ pipeline, stage, onChange }: Props) {
  const tile = tileOf(stage);
  const within = WITHIN[tile];
  if (!within) return null;
  // What holds no loan is no choice, unless an address leads there.
  const shown = within.filter((value) => value === stage || totalOf(pipeline, value)?.count);
  if (shown.length === 0) return null;
  const options = [tile, ...shown].map((value) => ({
    value,
    text: `${value === tile ? t("loans.allOfThese") : t(`loanStage.${value}`)} ${totalOf(pipeline, value)?.count ?? ""}`,
  }));
  return (
    <Chips
      label={t("loans.stages")}
      options={options}
      value={stage}
      onChange={onChange}
      testId="loans-within"
    />
  );
}

function totalOf(pipeline: Pipeline | undefined, stage: LoanStage) {
  return pipeline?.find((total) => total.stage === stage);
}

/** Of loans that run what is out, of the others what was applied for. */
function amountText(pipeline: Pipeline | undefined, stage: LoanStage): string {
  const total = totalOf(pipeline, stage);
  if (!total) return "";
  const out = stage === "RUNNING" || stage === "OVERDUE";
  return formatMoney(fromDecimal(out ? total.outstanding : total.amount));
}
