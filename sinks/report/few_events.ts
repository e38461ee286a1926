/** Bins and cells with fewer events than this are marked as such, and do not set a scale. */
export const fewEvents = 20;
