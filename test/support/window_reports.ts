import { hashKey } from '../../operators/hash.js';
import type { PageAlert, PageDescription, PageStatus, StoredWindow } from '../../schemas/page.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { simulate, type SimulatedWindow } from './simulated_window.js';
import { gridOf, histogramOf, profileOf, responseOf, type Response } from './window_numbers.js';

/** What happens to the stream: sane windows first, a response that falls at high H_T, a correction that takes it back. */
export interface Story {
  readonly windows: number;
  readonly eventsPerWindow?: number;
  /** Index of the first window that is off; none: never. */
  readonly driftFrom?: number;
  /** Index of the first window with a correction in effect; none: never. */
  readonly correctedFrom?: number;
  /** Index of the first window that is sane again; none: never. */
  readonly soundFrom?: number;
  readonly regimes?: 1 | 4;
  readonly context?: readonly ('H_T' | 'abs_deta' | 'mu')[];
  /** False: no truth, so no response. */
  readonly response?: boolean;
  readonly seed?: number;
}

/** Windows that the reference is learned from. */
export const LEARNED = 8;
const LABELS = ['low H_T, close', 'low H_T, wide', 'high H_T, close', 'high H_T, wide'];
const EDGES = {
  H_T: [0, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1000],
  abs_deta: [0, 0.25, 0.5, 1, 1.5, 2, 3, 4],
  mu: [0, 10, 20, 30, 40, 60],
};
const TITLES = { H_T: 'H_T', abs_deta: '|Δη|', mu: 'μ' };

const variablesOf = ({ context = ['H_T', 'abs_deta'] }: Story): readonly ('H_T' | 'abs_deta' | 'mu')[] => context;
const within = (index: number, from: number | undefined): boolean => from !== undefined && index >= from;

type Row = WindowReport['regimes'][number];

/** Reports of a story, with numbers that agree with each other: every one is computed from simulated events. */
export function windowReports(story: Story): WindowReport[] {
  const { windows, eventsPerWindow = 2000, regimes = 4, seed = 1, response = true } = story;
  const labels = regimes === 1 ? ['all events'] : LABELS;
  const drifting = (index: number) => within(index, story.driftFrom) && !within(index, story.soundFrom);
  const simulated = Array.from({ length: windows }, (_, index) =>
    simulate(hashKey(seed, index, 0), eventsPerWindow, drifting(index) ? 1 : 0, regimes),
  );
  const learned = story.correctedFrom === undefined ? undefined : simulated[story.correctedFrom - 1];
  const scales = labels.map((_, r) => (learned ? shiftOf(learned, r) : 0));
  const reports: WindowReport[] = [];
  simulated.forEach((window, index) => {
    const corrected = within(index, story.correctedFrom);
    const delta = corrected ? window.delta.map((d, i) => (1 + d) / (1 + scales[window.regime[i]!]!) - 1) : window.delta;
    const reference = referenceOf(reports.slice(0, LEARNED));
    const rows = labels.map((label, r): Row => {
      const of = (values: Float64Array): Response => responseOf(values.filter((_, i) => window.regime[i] === r));
      const raw = of(window.delta);
      const n = window.regime.reduce((sum, regime) => sum + (regime === r ? 1 : 0), 0);
      const mass = responseOf(window.mass.filter((_, i) => window.regime[i] === r)).core;
      const row = { regime: r, label, n, share: n / eventsPerWindow, peak: mass };
      if (!response) return { ...row, verdict: 'null', why: 'the pipeline has no response' };
      const { bias, core, median, sigma68 } = of(delta);
      const pull = of(window.pull);
      const known = reference?.[r];
      return {
        ...row,
        ...raw,
        ...{ pullMean: pull.core, pullWidth: pull.sigma68, corrected: { bias, core, median, sigma68 } },
        ...(known ? { reference: known } : {}),
        ...judged(n, raw, known),
      };
    });
    reports.push(reportOf(story, window, delta, rows, index, corrected, drifting(index)));
  });
  return reports;
}

function shiftOf(window: SimulatedWindow, regime: number): number {
  const own = window.delta.filter((_, i) => window.regime[i] === regime);
  return responseOf(own).core.value!;
}

/** Means over the first windows, as the checks learn them. */
function referenceOf(first: readonly WindowReport[]): NonNullable<Row['reference']>[] | null {
  if (first.length < LEARNED || !first[0]?.regimes[0]?.core) return null;
  return first[0].regimes.map((_, r) => {
    const rows = first.map(({ regimes }) => regimes[r]!);
    const mean = (pick: (row: Row) => { value: number | null; error: number | null } | undefined) => ({
      value: rows.reduce((sum, row) => sum + pick(row)!.value!, 0) / rows.length,
      error: Math.sqrt(rows.reduce((sum, row) => sum + pick(row)!.error! ** 2, 0)) / rows.length,
    });
    return {
      core: mean(({ core }) => core),
      sigma68: mean(({ sigma68 }) => sigma68),
      share: mean(({ share, n }) => ({ value: share, error: Math.sqrt((share! * share! * (1 - share!)) / n) })),
      peak: mean(({ peak }) => peak),
    };
  });
}

function judged(n: number, { core }: Response, known: Row['reference']): Pick<Row, 'verdict' | 'why'> {
  if (!known || n < 100) return { verdict: 'null', why: known ? `${n} events, fewer than 100` : 'still learning' };
  const change = core.value! - known.core.value!;
  const significance = Math.abs(change) / Math.hypot(core.error!, known.core.error!);
  const why = `the core moved by ${(100 * change).toFixed(2)} %, ${significance.toFixed(1)} errors`;
  if (significance > 5 && Math.abs(change) > 0.005) return { verdict: 'bad', why };
  return { verdict: significance > 3 ? 'medium' : 'good', why };
}

function reportOf(
  story: Story,
  window: SimulatedWindow,
  delta: Float64Array,
  rows: Row[],
  index: number,
  corrected: boolean,
  drifting: boolean,
): WindowReport {
  const variables = variablesOf(story);
  const regimes = rows.map(({ regime }) => regime);
  const version = 'c0ffee0123456789';
  const bad = rows.filter(({ verdict }) => verdict === 'bad');
  const zone = { variable: 'H_T', low: 238, high: 297, onset: 266, significance: 9.1, reached: -0.029 };
  const base: WindowReport = {
    ...{ pipeline: 'dilepton', pipelineHash: 'a1b2c3d4e5f60718', window: index + 100, index },
    ...{ events: window.delta.length, partitions: [0, 1], models: '0f1e2d3c4b5a6978' },
    ...{ correction: corrected ? version : null, regimes: rows, byContext: [], alarms: [], online: [] },
    chain: hashKey(7, index, window.delta.length).toString(16).padStart(64, '0'),
  };
  if (story.response === false) return base;
  const [x, y] = variables;
  const stages = { raw: window.delta, corrected: delta };
  return {
    ...base,
    byContext: variables.flatMap((name) => profileOf(name, EDGES[name], window, delta)),
    distributions: {
      ...{ low: -0.15, high: 0.15 },
      rows: (['raw', 'corrected'] as const).flatMap((stage) =>
        regimes.map((regime) => ({
          ...{ regime, stage },
          counts: histogramOf(
            stages[stage].filter((_, i) => window.regime[i] === regime),
            -0.15,
            0.15,
            60,
          ),
        })),
      ),
    },
    ...(x && y ? { grid: gridOf(x, EDGES[x], y, EDGES[y], window, delta) } : {}),
    zones: drifting && variables.includes('H_T') ? zonesOf(zone, corrected) : [],
    worst: worstOf(window, variables),
    alarms: bad.map(({ regime, core, reference }) => ({
      ...{ check: 'cusum' as const, quantity: 'bias' as const, regime, statistic: 41.2, threshold: 12.5 },
      ...{ since: (story.driftFrom ?? 0) + 100, change: { ...core!, value: core!.value! - reference!.core.value! } },
    })),
    online: onlineOf(story, index, version),
  };
}

function zonesOf(zone: Omit<NonNullable<WindowReport['zones']>[number], 'quantity'>, corrected: boolean) {
  const found = (['bias', 'corrected', 'pull'] as const).map((quantity) => ({ ...zone, quantity }));
  return found.filter(({ quantity }) => !corrected || quantity !== 'corrected');
}

function onlineOf({ correctedFrom }: Story, index: number, version: string): WindowReport['online'] {
  if (correctedFrom === undefined) return [];
  const effective = index + 101;
  if (index === correctedFrom - 4) return [{ kind: 'kept', version: null, effective, reason: 'too small a gain' }];
  return index === correctedFrom - 1 ? [{ kind: 'accepted', version, effective, reason: 'gain 0.012 ± 0.001' }] : [];
}

function worstOf(window: SimulatedWindow, variables: readonly ('H_T' | 'abs_deta' | 'mu')[]) {
  const order = [...window.pull.keys()].sort((a, b) => Math.abs(window.pull[b]!) - Math.abs(window.pull[a]!));
  return order.slice(0, 20).map((i) => ({
    ...{ identity: String(i), regime: window.regime[i]!, delta: window.delta[i]!, pull: window.pull[i]! },
    values: {
      ...Object.fromEntries(variables.map((name) => [name, window[name][i]!])),
      ...{ 'pt 1': 0.6 * window.H_T[i]!, 'pt 2': 0.4 * window.H_T[i]! },
      ...{ m_truth: 91.2, m_reco: 91.2 * (1 + window.delta[i]!) },
    },
  }));
}

/** Windows closed one every so many milliseconds. */
export const storedWindows = (reports: readonly WindowReport[], at = 1_750_000_000_000, every = 1000): StoredWindow[] =>
  reports.map((report) => ({ at: at + every * report.index, run: 'run', report }));

export const pageDescription = (story: Story, more: Partial<PageDescription> = {}): PageDescription => ({
  ...{ pipeline: 'dilepton', title: 'Z → ll mass reconstruction', pipelineHash: 'a1b2c3d4e5f60718' },
  ...{ version: '0.1.0', source: 'a simulated stream' },
  context: variablesOf(story).map((name) => ({
    ...{ name, title: TITLES[name], unit: name === 'H_T' ? 'GeV' : null, edges: EDGES[name] },
  })),
  response: story.response === false ? null : { name: 'delta', title: 'δ', reco: 'm_reco', truth: 'm_truth' },
  spectrum: { title: 'm_ll', unit: 'GeV' },
  limits: { bias: 0.005, sigma68: 0.2, pull: 0.1, peak: 0.005, share: 0.05, probe: 0.05, significance: 5, least: 100 },
  window: `of ${story.eventsPerWindow ?? 2000} events`,
  probes: ['tagger'],
  ...more,
});

export const pageStatus = (more: Partial<PageStatus> = {}): PageStatus => ({
  ...{ verdict: 'good', why: 'every regime is within its tolerance', since: 1_750_000_000_000 },
  events: { read: 100_000, used: 99_990, late: 3, duplicate: 2, rejected: { 'H_T outside its range': 5 } },
  ...{ rate: 5000, lag: 0, checkpointAgeSeconds: 1.5, windows: 50 },
  ...{ models: '0f1e2d3c4b5a6978', correction: null, probes: [], injection: null, ended: false },
  ...more,
});

/** An alert of high-H_T bias, as it fires and, with a `resolvedWindow`, ends. */
export const pageAlert = (fired: number, resolved: number | null = null, more: Partial<PageAlert> = {}): PageAlert => ({
  ...{ id: `HighContextBias-${fired}`, name: 'HighContextBias', severity: 'page' },
  ...{ state: resolved === null ? 'firing' : 'resolved', labels: { pipeline: 'dilepton', regime: 'high H_T, close' } },
  ...{ activeAt: 1_750_000_000_000 + 1000 * (fired - 100), firedAt: 1_750_000_000_000 + 1000 * (fired - 100) },
  resolvedAt: resolved === null ? null : 1_750_000_000_000 + 1000 * (resolved - 100),
  ...{ firedWindow: fired, resolvedWindow: resolved, summary: 'Bias at high H_T: −1.9 ± 0.1 %' },
  ...{ description: 'The core of δ moved.', value: -0.019, limit: 0.005, runbook: 'docs/runbooks/bias.md' },
  ...{ inhibitedBy: null, acknowledged: null },
  ...more,
});
