/**
 * `node dist/bench/probes/preserving.js`: the whole distribution-preserving attack on one core, with a network of 64
 * hidden units written in JavaScript (model time included), and what it reaches beside the same search without caps.
 *
 * Options: --events N, --features D, --steps N, --size S, --json
 */
import { parseArgs } from 'node:util';
import { binningOf, slotOf, slotsOf } from '../../operators/probes/binning.js';
import { correlationMatrix, relativeChange } from '../../operators/probes/correlation.js';
import { jensenShannon } from '../../operators/probes/jensen_shannon.js';
import { preserving } from '../../operators/probes/preserving.js';
import type { AttackSettings, Envelope, Objective, ProbedEvents } from '../../operators/probes/types.js';
import { normals } from './normals.js';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    features: { type: 'string', default: '16' },
    steps: { type: 'string', default: '10' },
    size: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const n = Number(options.events);
const d = Number(options.features);
const HIDDEN = 64;

/** Two classes, 0.4 widths apart in each feature; uncertainties of a tenth of the width. */
const sign = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1));
const x = normals(n, d, 1).map((column, j) =>
  column.map((value, i) => value + 0.2 * sign[i]! * (j % 3 === 0 ? -1 : 1)),
);
const sigma = x.map(() => new Float64Array(n).fill(0.1));
const weights = normals(HIDDEN, d + 1, 2);

/** tanh-like, without a transcendental function. */
const bend = (value: number): number => value / (1 + Math.abs(value));
function hidden(columns: readonly Float64Array[], k: number): Float64Array {
  const sum = new Float64Array(columns[0]!.length).fill(weights[d]![k]!);
  columns.forEach((column, j) => {
    const w = weights[j]![k]!;
    for (let r = 0; r < sum.length; r++) sum[r]! += w * column[r]!;
  });
  return sum.map(bend);
}
/** Weight and threshold of each hidden unit: difference of the classes' means, over its variance. */
const output = Array.from({ length: HIDDEN }, (_, k) => {
  const unit = hidden(x, k);
  const mean = unit.reduce((sum, value) => sum + value, 0) / n;
  const variance = unit.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  const slope = unit.reduce((sum, value, i) => sum + value * sign[i]!, 0) / n;
  return { mean, weight: slope / variance };
});

const objective: Objective = {
  features: (_, columns) => columns,
  margin: (rows, columns) => {
    const logit = new Float64Array(rows.length);
    output.forEach(({ mean, weight }, k) => {
      const unit = hidden(columns, k);
      for (let r = 0; r < logit.length; r++) logit[r]! += weight * (unit[r]! - mean);
    });
    return Promise.resolve(logit.map((value, r) => value * sign[rows[r]!]!));
  },
};

const envelope: Envelope = {
  names: x.map((_, j) => `x${j}`),
  low: new Float64Array(d).fill(-Infinity),
  high: new Float64Array(d).fill(Infinity),
  step: new Float64Array(d),
  groups: [],
};
const events: ProbedEvents = {
  ...{ length: n, x, sigma },
  keyLo: Uint32Array.from({ length: n }, (_, i) => i),
  keyHi: new Uint32Array(n),
};
const settings: AttackSettings = { size: Number(options.size), steps: Number(options.steps), seed: 1 };

const share = (margin: Float64Array): number => margin.filter((m) => m < 0).length / n;
const binnings = x.map((column) => binningOf(column, 0));
const countsOf = (column: Float64Array, j: number): Int32Array => {
  const counts = new Int32Array(slotsOf(binnings[j]!));
  for (const value of column) counts[slotOf(binnings[j]!, value)]!++;
  return counts;
};
const all = Int32Array.from({ length: n }, (_, i) => i);
const nominal = share(await objective.margin(all, x));
const rows: object[] = [];
for (const caps of [
  { distance: 0.06, correlation: 0.006 },
  { distance: 0.02, correlation: 0.002 },
  { distance: 1, correlation: Infinity },
]) {
  const start = process.cpuUsage();
  const result = await preserving(caps)(envelope, events, objective, settings);
  const { user, system } = process.cpuUsage(start);
  rows.push({
    caps: `${caps.distance}, ${caps.correlation}`,
    'processor s': Number(((user + system) / 1e6).toFixed(1)),
    distance: Number(
      Math.max(...x.map((column, j) => jensenShannon(countsOf(column, j), countsOf(result.x[j]!, j)))).toFixed(5),
    ),
    correlation: Number(relativeChange(correlationMatrix(x), correlationMatrix(result.x)).toFixed(5)),
    'model rows': result.evaluations,
    'wrong before': Number(nominal.toFixed(4)),
    'wrong after': Number(share(result.margin).toFixed(4)),
  });
}
if (options.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
else console.table(rows);
