import type { dashboard as English } from "../en/dashboard";
import type { Words } from "../words";

export const dashboard: Words<typeof English> = {};
