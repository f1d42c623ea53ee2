/** Mantine's theme, made from the shared design tokens (common/src/tokens.css). */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const green: MantineColorsTuple = [
  "#e4f0ea",
  "#c5e2d4",
  "#9fd1b9",
  "#76bf9c",
  "#4cc38a",
  "#2b9268",
  "#0b6b4a",
  "#095a3e",
  "#074932",
  "#053827",
];

/** Mantine's dark greys, of which it uses the text, line, raised and paper steps. */
const dark: MantineColorsTuple = [
  "#ecefed",
  "#a7b0ab",
  "#a7b0ab",
  "#6f7974",
  "#303633",
  "#262b29",
  "#1b1f1d",
  "#121513",
  "#0e110f",
  "#090b0a",
];

const FONT = "'Inter Variable', system-ui, sans-serif";

/** Mantine puts white on every filled button; on the dark theme's bright green that is unreadable. */
const PRIMARY_FILLED = {
  background: "var(--primary)",
  hover: "color-mix(in srgb, var(--primary) 88%, var(--ink))",
  color: "var(--on-primary)",
  border: "1px solid transparent",
};

/** Mantine's own red carries neither white nor dark words well enough (AA). */
const DANGER_FILLED = {
  background: "var(--wrong)",
  hover: "color-mix(in srgb, var(--wrong) 88%, var(--ink))",
  color: "var(--paper)",
  border: "1px solid transparent",
};

/** Leads to what ends something: as quiet as its neighbours, in red words. */
const DANGER_DEFAULT = {
  background: "var(--raised)",
  hover: "var(--wrong-soft)",
  color: "var(--wrong)",
  border: "1px solid var(--line)",
};

export const theme = createTheme({
  primaryColor: "green",
  primaryShade: { light: 6, dark: 4 },
  colors: { green, dark },
  variantColorResolver: (input) => {
    const color = input.color ?? "green";
    if (input.variant === "filled" && color === "green") return PRIMARY_FILLED;
    if (input.variant === "filled" && color === "red") return DANGER_FILLED;
    if (input.variant === "default" && color === "red") return DANGER_DEFAULT;
    return defaultVariantColorsResolver(input);
  },
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: "600" },
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "16px", xl: "20px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "40px" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "8px", xl: "8px" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    Drawer: {
      defaultProps: { transitionProps: { duration: 120 }, overlayProps: { opacity: 0.4 } },
    },
    Modal: { defaultProps: { transitionProps: { duration: 120 }, overlayProps: { opacity: 0.4 } } },
    Menu: { defaultProps: { transitionProps: { duration: 100 } } },
  },
});

const fromTokens = {
  "--mantine-color-body": "var(--paper)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-soft)",
  "--mantine-color-placeholder": "var(--ink-soft)",
  "--mantine-color-error": "var(--wrong)",
  "--mantine-color-anchor": "var(--primary)",
  "--mantine-color-default": "var(--raised)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-hover": "var(--paper)",
  "--mantine-primary-color-filled": "var(--primary)",
  // A button without a colour of its own takes these, past the resolver above.
  "--mantine-primary-color-filled-hover": PRIMARY_FILLED.hover,
  "--mantine-primary-color-contrast": "var(--on-primary)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: fromTokens,
  dark: fromTokens,
});
