import { exposition } from '../sinks/prometheus/exposition.js';
import { observeBatch } from '../sinks/prometheus/process_metrics.js';
import { samplesOf } from '../sinks/prometheus/samples.js';
import { windowFamilies } from '../sinks/prometheus/window_families.js';
import type { WindowReport } from '../schemas/window_report.js';

/** How long a scrape of a full state takes: four regimes, two context variables of 12 bins, a grid of 12 × 8 cells. */
const SCRAPES = 500;
const estimate = { value: 0.012345678901234, error: 0.000987654321 };
const regimes = ['low H_T, close', 'low H_T, wide', 'high H_T, close', 'high H_T, wide'].map(
  (label, regime): WindowReport['regimes'][number] => ({
    ...{ regime, label, n: 12_345, share: 0.25, bias: estimate, core: estimate, median: estimate, sigma68: estimate },
    ...{ tail: { value: 0.01, low: 0.009, high: 0.011 }, pullMean: estimate, pullWidth: estimate, peak: estimate },
    corrected: { bias: estimate, core: estimate, median: estimate, sigma68: estimate },
    reference: { core: estimate, sigma68: estimate, share: estimate, peak: estimate },
    ...{ verdict: 'good', why: '' },
  }),
);
const edges = (bins: number): number[] => Array.from({ length: bins + 1 }, (_, i) => 100 * i);
const report: WindowReport = {
  ...{ pipeline: 'dilepton', pipelineHash: 'h', window: 4711, index: 4711, events: 49_380, partitions: [0] },
  ...{ models: 'm', correction: null, regimes, alarms: [], online: [], chain: 'c' },
  byContext: ['H_T', 'abs_deta'].flatMap((variable) =>
    edges(12).map((low) => ({
      ...{ variable, low, high: low + 100, n: 4000 },
      ...{ core: estimate, sigma68: estimate, pullMean: estimate, corrected: estimate },
    })),
  ),
  grid: {
    ...{ x: 'H_T', y: 'abs_deta', xEdges: edges(12), yEdges: edges(8) },
    cells: edges(11).flatMap((_, x) => edges(7).map((_, y) => ({ x, y, n: 500, core: estimate }))),
  },
};

observeBatch('dilepton', 0.01, 4711);
const times: number[] = [];
let bytes = 0;
for (let i = 0; i < SCRAPES; i++) {
  const start = performance.now();
  const text = await exposition(windowFamilies(report), { pipeline: 'dilepton' }, { process: true });
  times.push(performance.now() - start);
  bytes = text.length;
}
times.sort((a, b) => a - b);
const at = (part: number): string => times[Math.floor(part * (SCRAPES - 1))]!.toFixed(2);
process.stdout.write(
  `${samplesOf(windowFamilies(report), {}).length} series of a window, ${bytes} bytes with those of the process: ` +
    `median ${at(0.5)} ms, 99 % ${at(0.99)} ms, worst ${at(1)} ms of ${SCRAPES} scrapes\n`,
);
