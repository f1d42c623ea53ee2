// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { beforeAll, expect, it } from "vitest";
import { keepInputsControlled } from "../src/app/controlled-inputs";
import { Segmented } from "../src/components/Segmented";

beforeAll(keepInputsControlled);

const drawn = () => act(async () => undefined);

function Pin() {
  const [pin, setPin] = useState("");
  return (
    <input
      aria-label="PIN"
      value={pin}
      onChange={(event) => setPin(event.target.value.replace(/\D/g, "").slice(0, 6))}
    />
  );
}

it("shows only what a field took", async () => {
  render(<Pin />);
  const field = screen.getByLabelText<HTMLInputElement>("PIN");
  for (const [typed, kept] of [
    ["1", "1"],
    ["1x", "1"],
    ["1234567", "123456"],
    ["1234568", "123456"],
    ["", ""],
    ["abc", ""],
  ] as const) {
    fireEvent.input(field, { target: { value: typed } });
    await drawn();
    expect(field.value, typed).toBe(kept);
  }
});

it("leaves the radio button that was refused, and takes the one that was not", async () => {
  function Choice() {
    const [value, setValue] = useState("a");
    const options = ["a", "b", "c"].map((name) => ({ value: name, label: name }));
    return (
      <Segmented
        label="Choice"
        value={value}
        options={options}
        onChange={(wanted) => wanted !== "b" && setValue(wanted)}
      />
    );
  }
  render(<Choice />);
  const checked = () =>
    screen
      .getAllByRole<HTMLInputElement>("radio")
      .flatMap((radio) => (radio.checked ? radio.value : []));
  for (const [wanted, stands] of [
    ["b", "a"],
    ["c", "c"],
    ["b", "c"],
  ] as const) {
    fireEvent.click(screen.getByLabelText(wanted));
    await drawn();
    expect(checked(), wanted).toEqual([stands]);
  }
});
