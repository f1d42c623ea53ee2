export const savings = {} as const;
