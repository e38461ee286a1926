import { randomUUID } from 'node:crypto';
import { alertRules } from '../dashboards/alert_rules.js';
import { recordingRules } from '../dashboards/recording_rules.js';
import type { LoadedPipeline } from '../runtime/pipeline_file.js';
import type { FeedFacts } from '../runtime/watch/feed_facts.js';
import type { Feed, FeedOptions } from '../runtime/watch/feed.js';
import type { HistoryStore } from '../schemas/page.js';
import type { PageAddress } from '../sinks/page/serve_page.js';
import { version } from './version.js';

/** A stream as it is shown: its feed, and the page if one is served. */
export interface StreamPage {
  readonly feed: Feed;
  /** Ends in a slash; null: nothing is served. */
  readonly url: string | null;
  readonly close: () => Promise<void>;
}

export interface StreamPageOptions extends Pick<FeedOptions, 'next' | 'follows' | 'onWindow' | 'onAlerts' | 'notice'> {
  /** What is watched, in words. */
  readonly source: string;
  readonly facts: () => FeedFacts | null;
  readonly history: string | undefined;
  /** undefined: nothing is served. */
  readonly port: number | undefined;
  readonly host?: string | undefined;
  readonly statusJson?: () => unknown;
}

const TICK_MS = 1000;

/** Opens history, alerts and page of a stream. */
export async function openStreamPage(
  loaded: LoadedPipeline,
  { source, facts, history: file, port, host, statusJson, ...shown }: StreamPageOptions,
): Promise<StreamPage> {
  const { pipeline, hash } = loaded;
  const { createFeed } = await import('../runtime/watch/feed.js');
  const { describePage, injectionOf } = await import('../runtime/watch/describe.js');
  let history: HistoryStore | null = null;
  if (file !== undefined) {
    const { openHistory } = await import('../sinks/history/open_history.js');
    history = await openHistory(file, { pipelineHash: hash });
  }
  try {
    const feed = await createFeed({
      description: describePage(loaded, { version, source }),
      rules: alertRules(pipeline),
      records: recordingRules(pipeline),
      runbooks: pipeline.alerts.runbooks,
      run: randomUUID(),
      now: () => Date.now(),
      injection: injectionOf(pipeline),
      ...{ history, facts, ...shown },
    });
    const server =
      port === undefined
        ? null
        : await serve(feed, { port, ...(host === undefined ? {} : { host }), ...(statusJson && { statusJson }) });
    const ticking = setInterval(feed.tick, TICK_MS);
    ticking.unref();
    return {
      feed,
      url: server?.url ?? null,
      async close() {
        clearInterval(ticking);
        await server?.close();
        await history?.close();
      },
    };
  } catch (error) {
    await history?.close();
    throw error;
  }
}

async function serve(feed: Feed, address: PageAddress) {
  const { servePage } = await import('../sinks/page/serve_page.js');
  return servePage(feed, address);
}
