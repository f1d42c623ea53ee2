import type { dividends as English } from "../en/dividends";
import type { Words } from "../words";

export const dividends: Words<typeof English> = {};
