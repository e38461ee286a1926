import type { Pipeline } from '../../schemas/pipeline.js';
import { prometheusRules } from '../../dashboards/prometheus_rules.js';
import { countWindow, NO_WINDOWS } from '../../sinks/prometheus/count_window.js';
import { exposition } from '../../sinks/prometheus/exposition.js';
import { observeBatch } from '../../sinks/prometheus/process_metrics.js';
import { windowFamilies } from '../../sinks/prometheus/window_families.js';
import { workerFamilies, type WorkerFacts } from '../../sinks/prometheus/worker_families.js';
import { startWithRules } from './rules_prometheus.js';
import { serveMetrics, until } from './scraping.js';
import { windowReports, type Story } from './window_reports.js';
import { workerFacts } from './worker_facts.js';

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** Of an instant one. */
  readonly values: readonly (readonly [time: number, value: number])[];
}

interface Answer {
  readonly result: readonly {
    readonly metric: Series['metric'];
    readonly value?: [number, string];
    readonly values?: [number, string][];
  }[];
}

/** What a Prometheus has of a run of windows that goes bad and is corrected. Seconds since the epoch. */
export interface DashboardRun {
  readonly start: number;
  /** Of the last window before the correction. */
  readonly bad: number;
  readonly end: number;
  readonly instant: (expr: string, time: number) => Promise<Series[]>;
  readonly range: (expr: string) => Promise<Series[]>;
  readonly stop: () => Promise<void>;
}

export const STORY = { windows: 24, driftFrom: 11, correctedFrom: 18, eventsPerWindow: 3000 } as const satisfies Story;

const share = (k: number, n: number) => ({
  k,
  value: k / n,
  low: (k - Math.sqrt(k)) / n,
  high: (k + Math.sqrt(k)) / n,
});

/** A probe that fools one event in five, its control one in fifty. */
const probe: WorkerFacts['probes'][number] = {
  ...{ probe: 'tagger', model: 'tagger-1' },
  rows: [0, 1, 2, 3].map((regime) => ({
    ...{ regime, right: 100 + regime, wrong: 7, unanswered: 0, skipped: 3 },
    ...{ fooled: share(20, 100), random: share(2, 100), difference: { value: 0.18, error: 0.04 } },
  })),
};

/** One window closes at each scrape. */
export async function startRun(pipeline: Pipeline, folder: string): Promise<DashboardRun> {
  const reports = windowReports(STORY).map((report) => ({
    ...report,
    pipeline: pipeline.pipeline,
    // The simulated response drifts along H_T alone; an onset along the other variable too, that it is shown.
    zones: (report.zones ?? []).flatMap((zone) => [
      zone,
      { ...zone, variable: 'abs_deta', low: 1, onset: 1.5, high: 2 },
    ]),
  }));
  const seen: number[] = [];
  const server = await serveMetrics((openMetrics) => {
    seen.push(Date.now() / 1000);
    const closed = reports.slice(0, seen.length);
    const last = closed.at(-1)!;
    const read = closed.reduce((sum, { events }) => sum + events, 0);
    observeBatch(pipeline.pipeline, 0.01, last.window);
    const facts: WorkerFacts = {
      ...workerFacts,
      ...{ version: '0.1.0', models: last.models, correction: last.correction, probes: [probe], closedAt: Date.now() },
      ...{
        keeper: { windows: closed.length, veryLate: closed.length },
        counts: closed.reduce(countWindow, NO_WINDOWS),
      },
      join: { matched: read, recoOnly: 3, truthOnly: 1, truthLate: 0, waitingReco: 4, waitingTruth: 5 },
      events: { ...workerFacts.events, read: read + 50, used: read, rejected: { 'H_T outside its range': 50 } },
    };
    return exposition(
      [...workerFamilies(facts), ...windowFamilies(last)],
      { pipeline: pipeline.pipeline },
      { openMetrics, process: true },
    );
  });
  const prometheus = await startWithRules(folder, server.port, prometheusRules([pipeline]));
  const stop = async (): Promise<void> => {
    await prometheus.stop();
    await server.close();
  };
  const scraped = until('the last window is scraped', () => seen.length > STORY.windows + 2);
  await scraped.catch((error: unknown) => stop().then(() => Promise.reject(error as Error)));
  // Half way to the next scrape.
  const between = (index: number): number => (seen[index]! + seen[index + 1]!) / 2;
  const [start, end] = [seen[0]!, between(STORY.windows)];
  const ask = async (path: string, entries: Record<string, string>): Promise<Series[]> => {
    const answer = (await prometheus.get(`/api/v1/${path}?${new URLSearchParams(entries).toString()}`)) as Answer;
    return answer.result.map(({ metric, value, values }) => ({
      metric,
      values: (values ?? [value!]).map(([time, text]) => [time, Number(text)] as const),
    }));
  };
  return {
    ...{ start, bad: between(STORY.correctedFrom - 1), end },
    instant: (query, time) => ask('query', { query, time: String(time) }),
    range: (query) => ask('query_range', { query, start: String(start), end: String(end), step: '1' }),
    stop,
  };
}
