import type { savings as English } from "../en/savings";
import type { Words } from "../words";

export const savings: Words<typeof English> = {};
