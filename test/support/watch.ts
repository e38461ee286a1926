import { tmpdir } from 'node:os';
import type { LiveSummary } from '../../runtime/live/messages.js';
import type { LoadedPipeline } from '../../runtime/pipeline_file.js';
import { prepareSamples } from '../../runtime/samples.js';
import { watch, type WatchOptions } from '../../runtime/watch/watch.js';
import type { WindowReport } from '../../schemas/window_report.js';

/** A watch on this thread, with a clock that counts how often it is looked at. */
export function watchSettings(more: Partial<WatchOptions> = {}): WatchOptions {
  let now = 0;
  return {
    sliceEvents: () => 8192,
    clock: () => now++,
    signal: new AbortController().signal,
    ...{ maxBytes: 2 ** 22, folder: tmpdir(), learners: 1, probeThread: false, state: null },
    notice: () => undefined,
    onReport: () => undefined,
    ...more,
  };
}

/** Watches samples to their end. */
export async function watched(
  loaded: LoadedPipeline,
  paths: readonly string[],
  more: Partial<WatchOptions> = {},
): Promise<{ reports: WindowReport[]; summary: LiveSummary | null }> {
  const reports: WindowReport[] = [];
  const options = watchSettings({ onReport: (report) => void reports.push(report), ...more });
  const summary = await watch(loaded, await prepareSamples(loaded, paths), options);
  return { reports, summary };
}
