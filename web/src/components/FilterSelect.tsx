import { NativeSelect } from "@mantine/core";

type Props = {
  label: string;
  /** The words for no choice. */
  all: string;
  options: readonly (string | { value: string; label: string })[];
  value: string;
  onChange: (value: string) => void;
  testId: string;
};

/** One of a few to narrow a list to, or all. */
export function FilterSelect({ label, all, options, value, onChange, testId }: Props) {
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: "", label: all }, ...options]}
      data-testid={testId}
    />
  );
}
