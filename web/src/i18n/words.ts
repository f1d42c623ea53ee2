/** The same keys as an English catalogue: a missing or a superfluous one does not compile. */
export type Words<English> = { readonly [Key in keyof English]: string };
