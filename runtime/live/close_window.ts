import { openWatch, watchWindow, type WatchState } from '../../operators/checks/watch.js';
import { closeWindow as closeOnline, modelsAt, openOnline, type OnlineState } from '../../operators/online/versions.js';
import { contentHash } from '../../operators/summaries/codec.js';
import { settleBook, type Book } from '../../operators/summaries/book.js';
import type { ResponseCellsState } from '../../operators/summaries/response_cells.js';
import type { WindowReport } from '../../schemas/window_report.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { onlineConfig } from '../report/online.js';
import { stateOf } from '../report/pages.js';
import { qualityOf } from '../report/timeline.js';
import { watchConfig } from '../watch_config.js';
import { windowCellsKey } from '../window_cells.js';
import type { LiveModels } from './live_models.js';
import type { Applied } from './window_book.js';
import { alarmsOf, seenBy } from './window_alarms.js';
import { known, windowContent } from './window_content.js';
import { contextProfile } from './window_profile.js';
import { learnReference, referenceOf, type RegimeReference } from './window_reference.js';
import { regimeRows } from './window_response.js';

/** What the checks and the refits know after the windows closed so far. Plain data. */
export interface Watching {
  readonly windows: number;
  readonly watch: WatchState | null;
  /** By regime; absent without checks, and in states from before there was one. */
  readonly reference?: readonly RegimeReference[];
  readonly online: OnlineState | null;
  readonly applied: readonly Applied[];
  readonly chain: string;
}

/** A window that every partition has let go of. */
export interface ClosedWindow {
  readonly number: number;
  readonly partitions: readonly number[];
  readonly book: Book;
}

export function openWatching({ pipeline }: LoadedPipeline, models: LiveModels): Watching {
  const { map, correction, judge, version } = models;
  const config = pipeline.response && watchConfig(pipeline, map.labels, judge !== null);
  return {
    windows: 0,
    watch: config ? openWatch(config) : null,
    online: pipeline.online && pipeline.response ? openOnline(onlineConfig(pipeline)) : null,
    applied: [{ from: -Infinity, version: correction?.version ?? version, map, correction }],
    chain: '',
  };
}

/** The correction for a window. Of windows long closed nobody asks but a worker that does its work again in vain. */
export const appliedAt = (applied: readonly Applied[], window: number): Applied =>
  applied.findLast(({ from }) => from <= window) ?? applied[0]!;

/** Corrections that are remembered. */
const MOST_APPLIED = 16;

/** Closes a window: its report, and what is known after it. A pure function of the merged book and of what was before. */
export function closeWindow(
  { pipeline, hash }: LoadedPipeline,
  models: LiveModels,
  before: Watching,
  { number, partitions, book }: ClosedWindow,
): { after: Watching; report: WindowReport } {
  settleBook(book);
  const rows = regimeRows(pipeline, models, book);
  const watch = before.watch && watchWindow(before.watch, seenBy(before.watch, number, rows));
  const { online, applied, events } = refit(before, number, book);
  const quality = watch ? qualityOf(models.map, watch) : null;
  const { correction, version } = appliedAt(before.applied, number);
  const reference = watch && learnReference(watch, rows, before.reference);
  const content = {
    pipeline: pipeline.pipeline,
    pipelineHash: hash,
    window: number,
    index: before.windows,
    events: rows.reduce((sum, { n }) => sum + n, 0),
    partitions: [...partitions],
    models: models.version,
    correction: correction ? version : null,
    regimes: rows.map((row, r) => ({
      ...row,
      ...known({ reference: watch && reference ? referenceOf(watch, reference[r]!) : undefined }),
      verdict: quality?.[r]?.verdict ?? ('null' as const),
      why: quality?.[r]?.why ?? 'the pipeline has no response',
    })),
    byContext: contextProfile(pipeline, models, book),
    ...known(windowContent(pipeline, models, book, correction !== null)),
    alarms: watch ? alarmsOf(watch) : [],
    online: events,
  };
  const chain = contentHash({ before: before.chain, content });
  const after = { windows: before.windows + 1, watch, ...(reference ? { reference } : {}), online, applied, chain };
  return { after, report: { ...content, chain } };
}

function refit(
  { online, applied }: Watching,
  number: number,
  book: Book,
): Pick<Watching, 'online' | 'applied'> & { events: WindowReport['online'] } {
  if (!online) return { online, applied, events: [] };
  const closed = closeOnline(online, { number, cells: stateOf<ResponseCellsState>(book, windowCellsKey(0)) });
  const { inEffect } = modelsAt(closed.state);
  const last = applied.at(-1)!;
  const changed = inEffect && inEffect.version !== last.version;
  const next = changed && {
    ...{ from: number + 1, version: inEffect.version },
    ...{ map: inEffect.regimes.map, correction: inEffect.correction },
  };
  const events = closed.events.map(({ kind, version, effective, reason }) => ({ kind, version, effective, reason }));
  return { online: closed.state, applied: next ? [...applied, next].slice(-MOST_APPLIED) : applied, events };
}
