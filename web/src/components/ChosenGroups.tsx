/** Groups that a list is narrowed to, each with its name; a click leaves one out again. */
import { IconX } from "@tabler/icons-react";
import { useGroupQuery } from "../api/groups";
import { t } from "../i18n";
import { idsOf } from "../lib/use-filters";
import classes from "./ChosenGroups.module.css";

type Props = {
  /** Ids with commas between, as in the address. */
  value: string;
  onChange: (value: string) => void;
  testId?: string;
};

export function ChosenGroups({ value, onChange, testId = "chosen-group" }: Props) {
  const ids = idsOf(value) ?? [];
  return ids.map((id) => (
    <ChosenGroup
      key={id}
      id={id}
      testId={testId}
      onRemove={() => onChange(ids.filter((one) => one !== id).join(","))}
    />
  ));
}

type OneProps = { id: string; testId: string; onRemove: () => void };

function ChosenGroup({ id, testId, onRemove }: OneProps) {
  const { data } = useGroupQuery(id);
  const name = data?.name ?? "…";
  return (
    <button
      type="button"
      className={classes.chosen}
      onClick={onRemove}
      aria-label={t("groups.leaveOut", { name })}
      data-testid={testId}
    >
      {name} <IconX size={14} aria-hidden />
    </button>
  );
}
