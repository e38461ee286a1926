/** True for an integer from 0 to 2^32 − 1: the first word of a Philox key. */
export const isSeed = (seed: number): boolean => Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff;
