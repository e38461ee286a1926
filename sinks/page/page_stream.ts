import type { ServerResponse } from 'node:http';
import type { PageFeed, PageNews, StoredWindow } from '../../schemas/page.js';

/** Bytes that may wait for a reader; one that is further behind is cut, and asks again from where it was. */
const MOST_WAITING = 8 * 1024 * 1024;
const HEARTBEAT_MS = 15_000;
const STATUS_MS = 1000;

const message = (event: string, data: unknown, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** A window as it is sent: made once for all readers. */
const written = new WeakMap<StoredWindow, string>();

function windowMessage(window: StoredWindow): string {
  let text = written.get(window);
  if (text === undefined) written.set(window, (text = message('window', window, window.report.index)));
  return text;
}

/**
 * Server-sent events of a feed to one reader, from the window with index `from` on: `window` (id: its index), `status`
 * (at most one a second, and with alerts), `alerts`, `reference` (it has changed), and a comment every 15 s. Windows come in order, none twice and none left out: what
 * is not the next one is asked for. Ends when the reader leaves, is too slow, or `end` is called.
 */
export function streamTo(feed: PageFeed, response: ServerResponse, from: number): { end: () => void } {
  let next = from;
  let asking = false;
  let again = false;
  let ended = false;
  let statusDue: ReturnType<typeof setTimeout> | null = null;
  let statusAt = -Infinity;

  const send = (text: string): void => {
    if (ended) return;
    response.write(text);
    if (response.writableLength > MOST_WAITING) end(true);
  };
  const sendStatus = (): void => {
    statusDue = null;
    statusAt = performance.now();
    send(message('status', feed.status()));
  };
  const sendWindow = (window: StoredWindow): void => {
    if (window.report.index !== next) return;
    next += 1;
    send(windowMessage(window));
  };
  const fill = async (): Promise<void> => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    do {
      again = false;
      for (const window of await feed.windows(next)) {
        // A store that has let go of the first ones starts later.
        if (window.report.index > next) next = window.report.index;
        sendWindow(window);
      }
    } while (again as boolean);
    asking = false;
  };
  const filling = (): void => {
    fill().catch(() => {
      end(true);
    });
  };
  const hear = (news: PageNews): void => {
    if (news.kind === 'window') {
      if (asking || news.window.report.index > next) filling();
      else sendWindow(news.window);
    } else if (news.kind === 'reference') send(message('reference', {}));
    else if (news.kind === 'alerts') {
      send(message('alerts', feed.alerts()));
      // The verdict that goes with them.
      if (statusDue) clearTimeout(statusDue);
      sendStatus();
    } else statusDue ??= setTimeout(sendStatus, Math.max(0, statusAt + STATUS_MS - performance.now()));
  };
  const heartbeat = setInterval(() => {
    send(': here\n\n');
  }, HEARTBEAT_MS);
  const unsubscribe = feed.subscribe(hear);

  function end(cut = false): void {
    if (ended) return;
    ended = true;
    unsubscribe();
    clearInterval(heartbeat);
    if (statusDue) clearTimeout(statusDue);
    if (cut) response.destroy();
    else response.end();
  }
  response.on('close', () => {
    end();
  });
  sendStatus();
  send(message('alerts', feed.alerts()));
  filling();
  return {
    end: () => {
      end();
    },
  };
}
