export const dividends = {} as const;
