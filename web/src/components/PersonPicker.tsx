import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { usePeopleNamesQuery, usePersonNameQuery } from "../api/people";
import type { Role } from "../gen/graphql";
import { t } from "../i18n";

type Props = {
  value: string;
  onChange: (id: string) => void;
  all: string;
  testId: string;
  /** Only those of this role. */
  only?: Role;
};

/** Who signs in: find by part of a name, then choose. Administrators only. */
export function PersonPicker({ value, onChange, all, testId, only }: Props) {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const { data } = usePeopleNamesQuery({ search: search || null, role: only ?? null });
  const { data: chosen } = usePersonNameQuery(value, { skip: !value });
  const people = data?.people ?? [];
  const options = people.map(({ id, name }) => ({ value: id, label: name }));
  if (value && !people.some(({ id }) => id === value)) {
    options.unshift({ value, label: chosen ?? "…" });
  }
  return (
    <>
      {(text !== "" || (data !== undefined && data.total > people.length)) && (
        <TextInput
          type="search"
          aria-label={t("people.search")}
          placeholder={t("people.search")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <NativeSelect
        aria-label={t("people.one")}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[{ value: "", label: all }, ...options]}
        data-testid={testId}
      />
    </>
  );
}
