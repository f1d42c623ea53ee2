import { useState } from "react";
import { Button } from "../../components/Button";
import { Screen } from "../../components/Screen";
import { t } from "../../i18n";
import type { Operation } from "../../lib/model";
import { navigate } from "../../lib/router";
import { resolveConflict, takeBack } from "../../state/actions";
import { useData } from "../../state/data";
import { type Clash, clashes, type Field, inWords, kept, officeVersion } from "./conflict";
import styles from "./outbox.module.css";

export function ConflictScreen({ id }: { id: string }) {
  const operation = useData((state) => state.operations.find((row) => row.id === id));
  const version = operation && officeVersion(operation);
  if (operation?.body.type !== "updateMember" || !version) {
    return (
      <Screen title={t("conflict.title")} back="/outbox">
        <p>{t("conflict.unreadable")}</p>
      </Screen>
    );
  }
  return <Compare operation={operation} name={operation.body.memberName} version={version} />;
}

function Compare({
  operation,
  name,
  version,
}: {
  operation: Operation;
  name: string;
  version: number;
}) {
  const all = clashes(operation);
  const [mine, setMine] = useState<ReadonlySet<Field>>(() => new Set(all.map((row) => row.field)));
  const choose = (field: Field, keepMine: boolean) => {
    const next = new Set(mine);
    if (keepMine) next.add(field);
    else next.delete(field);
    setMine(next);
  };
  const send = async () => {
    const keep = kept(all, mine);
    if (Object.keys(keep).length > 0) await resolveConflict(operation, keep, version);
    else await takeBack(operation, t("conflict.allOffice"));
    navigate("/outbox", { replace: true });
  };
  return (
    <Screen title={t("conflict.title")} back="/outbox">
      <p>{t("conflict.intro", { name })}</p>
      {all.map((clash) => (
        <Choice
          key={clash.field}
          clash={clash}
          mine={mine.has(clash.field)}
          onChoose={(keepMine) => choose(clash.field, keepMine)}
        />
      ))}
      <Button look="primary" wide onClick={() => void send()} data-testid="conflict-send">
        {t("conflict.send")}
      </Button>
    </Screen>
  );
}

function Choice({
  clash,
  mine,
  onChoose,
}: {
  clash: Clash;
  mine: boolean;
  onChoose: (keepMine: boolean) => void;
}) {
  const option = (keepMine: boolean) => (
    <label className={styles.option}>
      <input
        type="radio"
        name={clash.field}
        checked={mine === keepMine}
        onChange={() => onChoose(keepMine)}
      />
      <span>
        <span className={styles.soft}>{t(keepMine ? "conflict.mine" : "conflict.office")}</span>
        <strong>{inWords(clash.field, keepMine ? clash.mine : clash.office)}</strong>
      </span>
    </label>
  );
  return (
    <fieldset className={styles.choice}>
      <legend>{t(`conflict.${clash.field}`)}</legend>
      {clash.before !== undefined && (
        <p className={styles.soft}>
          {t("conflict.before", { value: inWords(clash.field, clash.before) })}
        </p>
      )}
      <div className={styles.sides}>
        {option(true)}
        {option(false)}
      </div>
    </fieldset>
  );
}
