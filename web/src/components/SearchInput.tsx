import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { t } from "../i18n";

type Props = {
  label: string;
  value: string;
  onSearch: (text: string) => void;
  testId: string;
  /** 0 where the list is already here. */
  delay?: number;
  className?: string;
};

/** A search field that asks when the typing pauses, not at every letter. */
export function SearchInput({ label, value, onSearch, testId, delay = 250, className }: Props) {
  const [text, setText] = useState(value);
  // Who typed and at once opened a row has left: the search must not call them back to the list,
  // which stays mounted until the page they go to is fetched.
  const search = useDebouncedCallback((next: string, at: string) => {
    if (window.location.pathname === at) onSearch(next);
  }, delay);
  const input = useRef<HTMLInputElement>(null);
  // While one types, the value is an echo of earlier keys and must not undo the later ones.
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  const change = (next: string) => {
    setText(next);
    search(next, window.location.pathname);
  };
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      // As wide as its words: cut off, they do not say what can be searched for.
      miw={`min(100%, ${label.length * 0.52 + 5.5}em)`}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text && <CloseButton size="sm" aria-label={t("common.clear")} onClick={() => change("")} />
      }
      data-testid={testId}
      className={className}
    />
  );
}
