import { RETENTION } from '../../sinks/history/retention.js';
import type { WindowTaker } from '../live/follow_windows.js';
import type { Feed } from './feed.js';
import { MOST_SHOWN } from './shown_windows.js';

/**
 * The windows of a group go to the feed of each of its workers; of those from before it, as many as a history keeps or a
 * page shows, and none where there is neither.
 */
export function followed(feed: Feed, { history, page }: { history: boolean; page: boolean }): WindowTaker {
  const most = history ? RETENTION : page ? MOST_SHOWN : 0;
  return {
    wanted: () => ({ last: feed.lastWindow(), most }),
    take: ({ report, ...closing }) => feed.take(report, closing),
    caughtUp: feed.caughtUp,
  };
}
