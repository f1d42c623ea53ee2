import type { reports as English } from "../en/reports";
import type { Words } from "../words";

export const reports: Words<typeof English> = {};
