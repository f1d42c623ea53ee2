export const loans = {} as const;
