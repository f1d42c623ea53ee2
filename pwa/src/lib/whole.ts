/** Words that are not parted at the end of a line. */
export const whole = (words: string) => words.replaceAll(" ", "\u00a0");
