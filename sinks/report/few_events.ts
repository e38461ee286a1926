/** Bins and cells with fewer events than this are marked as such, and do not set a scale. */
export const fewEvents = 20;

/** Below this many events a regime or bin is not named as the worst, the first or the last of anything. */
export const enough = 100;
