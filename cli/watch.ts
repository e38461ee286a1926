import { tmpdir } from 'node:os';
import type { Command } from 'commander';
import { wrongPipeline } from '../operators/problem.js';
import { loadPipeline, type LoadedPipeline } from '../runtime/pipeline_file.js';
import type { Watcher } from '../runtime/watch/watch.js';
import type { PageAlert } from '../schemas/page.js';
import type { WindowReport } from '../schemas/window_report.js';
import { alertLine } from './alert_line.js';
import { liveLine, summaryLines } from './live_lines.js';
import { checkFormat, positiveNumber, wholeNumber } from './options.js';
import { pacer } from './pace.js';
import { openStreamPage, type StreamPage } from './stream_page.js';
import { endingSignal, raised } from './until_signal.js';

interface Options {
  readonly pace?: string;
  readonly serve?: string;
  readonly host?: string;
  readonly history?: string;
  readonly state?: string;
  readonly checkpoint: string;
  readonly once?: true;
  readonly format?: string;
  readonly set: string[];
}

export function addWatch(program: Command): void {
  program
    .command('watch')
    .description('watch stored or generated samples as a stream, window by window, with alerts and a page; no broker')
    .argument('<pipeline>', 'pipeline file (YAML)')
    .argument('<sample...>', 'files of events, or generator:N')
    .option('--pace <rate>', 'read no faster than so many events a second')
    .option('--serve <port>', 'serve the page and /metrics, after the end too until Ctrl-C (0: any free port)')
    .option('--host <address>', 'where to serve; default 127.0.0.1, this machine alone')
    .option('--history <file>', 'keep closed windows and alerts in this DuckDB file')
    .option('--state <folder>', 'keep the state in an fsynced file there, and go on from it')
    .option('--checkpoint <seconds>', 'between checkpoints, with --state', '5')
    .option('--once', 'end with the samples, even where a page is served')
    .option('--format <format>', 'json: print window reports, alerts and the summary as JSON lines')
    .action(run);
}

async function run(file: string, paths: string[], _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  checkFormat(options.format);
  const port = options.serve === undefined ? undefined : wholeNumber('--serve', options.serve, 0, 65535);
  if (port === undefined && options.host !== undefined) throw wrongPipeline('--host: serves nothing without --serve');
  const rate = options.pace === undefined ? null : positiveNumber('--pace', options.pace);
  const everyMs = 1000 * positiveNumber('--checkpoint', options.checkpoint);
  const loaded = await loadPipeline(file, options.set);
  const json = options.format === 'json';
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  await watchSamples(loaded, paths, {
    ...{ rate, port, host: options.host, history: options.history, once: options.once === true },
    state: options.state === undefined ? null : { folder: options.state, everyMs },
    onReport: (report) => {
      print(json ? JSON.stringify(report) : liveLine(report));
    },
    onAlerts: (changed) => {
      for (const alert of changed) print(json ? JSON.stringify({ alert }) : alertLine(alert));
    },
    onSummary: (summary) => void process.stdout.write(json ? `${JSON.stringify(summary)}\n` : summaryLines(summary)),
  });
}

export interface WatchSamplesOptions {
  /** Events a second; null: as fast as it goes. */
  readonly rate: number | null;
  readonly port: number | undefined;
  readonly host?: string | undefined;
  readonly history?: string | undefined;
  readonly state: { readonly folder: string; readonly everyMs: number } | null;
  readonly once: boolean;
  readonly onReport: (report: WindowReport) => void;
  readonly onAlerts: (changed: readonly PageAlert[]) => void;
  /** At the end of the samples. */
  readonly onSummary: (summary: Parameters<typeof summaryLines>[0]) => void | Promise<void>;
}

const HELD_BYTES = 64 * 2 ** 20;
const SLICE = 8192;

/** Watches samples to their end, and serves the page until a signal if one is served and `once` is not set. */
export async function watchSamples(
  loaded: LoadedPipeline,
  paths: readonly string[],
  { rate, port, host, history, state, once, onReport, onAlerts, onSummary }: WatchSamplesOptions,
): Promise<void> {
  const { prepareSamples } = await import('../runtime/samples.js');
  const { watch } = await import('../runtime/watch/watch.js');
  const { watchFacts } = await import('../runtime/watch/watch_facts.js');
  const { observeBatch } = await import('../sinks/prometheus/process_metrics.js');
  const samples = await prepareSamples(loaded, paths);
  const clock = (): number => performance.now();
  const notice = (line: string): void => void process.stderr.write(`regimewatch: ${line}\n`);
  const ending = endingSignal();
  const pace = rate === null ? null : pacer(rate, ending.signal);
  let page: StreamPage | null = null;
  const open = async (watcher: Watcher): Promise<void> => {
    page = await openStreamPage(loaded, {
      ...{ source: paths.join(', '), history, port, host, onAlerts, notice },
      onWindow: onReport,
      next: watcher.state?.given ?? 0,
      facts: () => watchFacts(watcher, clock()),
    });
    if (page.url !== null) process.stderr.write(`serving ${page.url} and ${page.url}metrics\n`);
  };
  try {
    const summary = await watch(loaded, samples, {
      // Some slices a second, however slow the pace is.
      sliceEvents: () => (rate === null ? SLICE : Math.max(1, Math.min(SLICE, Math.floor(rate / 10)))),
      ...{ clock, signal: ending.signal, maxBytes: HELD_BYTES, folder: tmpdir() },
      ...{ learners: 2, probeThread: true, state, notice },
      onWatcher: open,
      onReport: async (report) => {
        await page!.feed.take(report);
      },
      onProgress: async ({ events, ms, window }) => {
        observeBatch(loaded.pipeline.pipeline, ms / 1000, window);
        await pace?.(events);
      },
    });
    if (summary) await onSummary(summary);
    if (summary && port !== undefined && !once) await raised(ending.signal);
  } finally {
    ending.dispose();
    await (page as StreamPage | null)?.close();
  }
}
