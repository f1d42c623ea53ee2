import type { review as English } from "../en/review";
import type { Words } from "../words";

export const review: Words<typeof English> = {};
