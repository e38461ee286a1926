/** Verdicts as numbers: null, too little data, is outside the order and below it. */
export const QUALITY = { null: 0, good: 1, medium: 2, bad: 3 } as const;
