import type { HistoryStore, PageFeed } from '../../schemas/page.js';

/** Windows of a reference that a page gets; of a longer one the last. */
const MOST_REFERENCE = 60;

/** The reference as the history of this process keeps it: no other process can change it meanwhile. */
export const feedReference = (
  history: HistoryStore | null,
  pipeline: string,
  changed: () => void,
): Pick<PageFeed, 'reference' | 'setReference'> => ({
  reference: () => (history ? history.referenceWindows(pipeline, MOST_REFERENCE) : Promise.resolve(null)),
  setReference:
    history &&
    (async (period) => {
      const isSet = await history.setReferenceWindows(pipeline, period);
      if (isSet) changed();
      return isSet;
    }),
});
