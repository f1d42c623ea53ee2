import type { reconciliation as English } from "../en/reconciliation";
import type { Words } from "../words";

export const reconciliation: Words<typeof English> = {};
