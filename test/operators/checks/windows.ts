/** The entries as windows 0, 1, 2, ... */
export const fromEntries = <T extends object>(entries: readonly T[]): (T & { readonly window: number })[] =>
  entries.map((entry, window) => ({ ...entry, window }));
