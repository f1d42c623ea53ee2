import type { loans as English } from "../en/loans";
import type { Words } from "../words";

export const loans: Words<typeof English> = {};
