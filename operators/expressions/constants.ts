/** Names that mean a number in every formula. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map([['pi', Math.PI]]);

/** Words of the grammar: neither a column nor a definition can be called so. */
export const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not']);
