import { chainAfter } from '../../sinks/history/links.js';
import type { PageAlert, StoredWindow } from '../../schemas/page.js';
import type { WindowReport } from '../../schemas/window_report.js';

type Regime = WindowReport['regimes'][number];

export interface WindowShape {
  readonly pipeline?: string;
  readonly pipelineHash?: string;
  readonly models?: string;
  readonly run?: string;
  /** Events of each of two regimes. */
  readonly n?: readonly [low: number, high: number];
  /** Mean of the core in the second regime. */
  readonly core?: number;
  readonly verdict?: Regime['verdict'];
  readonly correction?: string;
}

/** Ten bins between −0.1 and 0.1 with flow bins, of n events about a mean: a triangle. */
function counts(n: number, mean: number): number[] {
  const at = [...Array(12).keys()].map((i) => Math.max(0, 0.11 - Math.abs(-0.11 + 0.02 * i - mean)));
  const sum = at.reduce((a, b) => a + b, 0);
  return at.map((x) => Math.round((n * x) / sum));
}

function regime(id: number, n: number, all: number, core: number, verdict: Regime['verdict']): Regime {
  const of = (value: number, scale = 1) => ({ value, error: (scale * 0.03) / Math.sqrt(n) });
  return {
    ...{ regime: id, label: id === 0 ? 'low H_T' : 'high H_T', n, share: n / all },
    ...{
      bias: of(core),
      core: of(core),
      median: of(core, 1.25),
      sigma68: of(0.03, 0.96),
      pullMean: of(core / 0.03, 33),
    },
    ...{ peak: of(91.2 * (1 + core), 91.2), tail: { value: 0.01, low: 0.008, high: 0.012 } },
    corrected: { bias: of(core), core: of(core), median: of(core, 1.25), sigma68: of(0.03, 0.96) },
    ...{ verdict, why: `high H_T: bias ${core}` },
  };
}

/** The window after one of this chain ('' for none). */
export function windowAfter(before: string, index: number, shape: WindowShape = {}): StoredWindow {
  const [low, high] = shape.n ?? [3000, 1000];
  const core = shape.core ?? 0;
  const report: WindowReport = {
    pipeline: shape.pipeline ?? 'dilepton',
    pipelineHash: shape.pipelineHash ?? 'a'.repeat(64),
    ...{ window: index + 10, index, events: low + high, partitions: [0] },
    models: shape.models ?? 'm'.repeat(64),
    correction: shape.correction ?? null,
    regimes: [regime(0, low, low + high, 0, 'good'), regime(1, high, low + high, core, shape.verdict ?? 'good')],
    byContext: [],
    distributions: {
      ...{ low: -0.1, high: 0.1 },
      rows: (['raw', 'corrected'] as const).flatMap((stage) => [
        { regime: 0, stage, counts: counts(low, 0) },
        { regime: 1, stage, counts: counts(high, core) },
      ]),
    },
    alarms: [],
    online: [],
    chain: '',
  };
  const at = Date.UTC(2024, 0, 1) + 60_000 * index;
  return { at, run: shape.run ?? 'r1', report: { ...report, chain: chainAfter(before, report) } };
}

/** Windows from..to one after the other; `before`: the one that they follow. */
export function windowsAfter(
  before: StoredWindow | null,
  from: number,
  to: number,
  shapeOf: (index: number) => WindowShape = () => ({}),
): StoredWindow[] {
  const windows: StoredWindow[] = [];
  for (let index = from; index <= to; index++) {
    const last = windows.at(-1) ?? before;
    windows.push(windowAfter(last?.report.chain ?? '', index, shapeOf(index)));
  }
  return windows;
}

export const alertOf = (id: string, more: Partial<PageAlert> = {}): PageAlert => ({
  ...{ id, name: 'HighContextBias', severity: 'page', state: 'firing' },
  labels: { pipeline: 'dilepton', regime: '1' },
  ...{ activeAt: 1000, firedAt: 2000, resolvedAt: null, firedWindow: 3, resolvedWindow: null },
  ...{ summary: 'bias', description: 'bias in high H_T', value: -0.012, limit: 0.005 },
  ...{ runbook: 'docs/runbooks/high_context_bias.md', inhibitedBy: null, acknowledged: null },
  ...more,
});
