/** How a button looks that ends something or takes it back: red, and a sign beside its words. */
import { IconAlertTriangle } from "@tabler/icons-react";

const SIGN = <IconAlertTriangle size={16} aria-hidden />;

/** Does it. */
export const DANGER = { color: "red", leftSection: SIGN } as const;

/** Leads to the form that does it. */
export const TO_DANGER = { variant: "default", color: "red", leftSection: SIGN } as const;
