import { addRejections, type Rejections } from '../../operators/batch.js';
import { mergeBook, settleBook, type Book } from '../../operators/summaries/book.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { sortedRejections, type EventState } from '../state_hash.js';

/** What the events of all partitions left, merged; the first state is changed. */
export function mergeEnds(states: readonly EventState[]): EventState {
  const [first, ...others] = states as [EventState, ...EventState[]];
  const rejected: Rejections = {};
  for (const { events } of states) addRejections(rejected, events.rejected);
  const sum = (of: 'read' | 'used' | 'late' | 'duplicate'): number =>
    states.reduce((total, { events }) => total + events[of], 0);
  const book = ({ surveyed, response }: EventState): Book => ({
    ...surveyed,
    ...(response ? { [RESPONSE]: { summary: 'moments' as const, state: response } } : {}),
  });
  const into = book(first);
  for (const other of others) mergeBook(into, book(other));
  settleBook(into);
  const { [RESPONSE]: response, ...surveyed } = into;
  return {
    events: {
      ...{ read: sum('read'), used: sum('used'), rejected: sortedRejections(rejected) },
      ...{ late: sum('late'), duplicate: sum('duplicate') },
    },
    surveyed,
    response: response ? (response.state as MomentsState) : null,
  };
}

const RESPONSE = '(response)';
