import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { nodes, useGroupQuery, useGroupsInfiniteQuery } from "../api/groups";
import { useOfOneGroup } from "../api/own-group";
import { t } from "../i18n";

type Props = {
  label?: string;
  value: string;
  error?: string;
  onChange: (id: string) => void;
  /** Offers this as the empty choice, e.g. "All groups"; without it a choice is asked for. */
  all?: string;
  testId?: string;
};

/** Find by part of a name or code, then choose. Who has one page of groups sees only the list. */
export function GroupPicker({
  value,
  error,
  onChange,
  all,
  testId = "group-picker",
  label,
}: Props) {
  const ofOneGroup = useOfOneGroup();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const { data } = useGroupsInfiniteQuery({ search: search || null });
  const { data: chosen } = useGroupQuery(value, { skip: !value });
  const rows = nodes(data?.pages);
  const total = data?.pages[0]?.totalCount ?? 0;
  const options = rows.map(({ id, name }) => ({ value: id, label: name }));
  // What is chosen stays chosen, though the search has moved on.
  if (value && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: chosen?.name ?? "…" });
  }
  const name = label ?? t("picker.group");
  // A filter among one is none.
  if (all !== undefined && ofOneGroup) return null;
  return (
    <>
      {(total > rows.length || text !== "") && (
        <TextInput
          aria-label={t("picker.find")}
          placeholder={t("picker.find")}
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid={`${testId}-search`}
        />
      )}
      <NativeSelect
        {...(all === undefined ? { label: name } : { "aria-label": name })}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[{ value: "", label: all ?? t("picker.chooseGroup") }, ...options]}
        data-testid={testId}
      />
    </>
  );
}
