/**
 * `node dist/bench/probes/scorer.js`: candidate moves that the exact scorer of the distribution-preserving attack judges
 * in a second on one core, beside what a full computation of all histograms and the correlation matrix takes for each.
 *
 * Options: --events N, --features D, --tries N, --json
 */
import { parseArgs } from 'node:util';
import { binningOf, slotOf, slotsOf } from '../../operators/probes/binning.js';
import { correlationMatrix, relativeChange } from '../../operators/probes/correlation.js';
import { jensenShannon } from '../../operators/probes/jensen_shannon.js';
import { applyMove, newScorer, tryMove } from '../../operators/probes/scorer.js';
import { normals } from './normals.js';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    features: { type: 'string', default: '20' },
    tries: { type: 'string', default: '5000000' },
    json: { type: 'boolean', default: false },
  },
});
const n = Number(options.events);
const d = Number(options.features);
const columns = normals(n, d, 1);
const moved = normals(n, d, 2);
const x = columns.map((column, j) => column.map((value, i) => value + 0.3 * moved[j]![i]!));
const scorer = newScorer(
  columns,
  columns.map(() => 0),
);

/** Calls a second of processor time (a busy machine does not count). */
function rate(count: number, call: (k: number) => number): number {
  const start = process.cpuUsage();
  let sum = 0;
  for (let k = 0; k < count; k++) sum += call(k);
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  if (Number.isNaN(sum)) throw new Error('scorer: a score is NaN');
  return count / seconds;
}

const feature = new Int32Array(1);
const value = new Float64Array(1);
/** Candidate k: feature k mod d of event (k / d) mod n. */
function choose(k: number): number {
  const i = Math.floor(k / d) % n;
  feature[0] = k % d;
  value[0] = x[k % d]![i]!;
  return i;
}
const tries = Number(options.tries);
const single = (k: number): number => {
  const { distance, correlation } = tryMove(scorer, choose(k), feature, value, 1);
  return distance + correlation;
};
const all = Int32Array.from({ length: d }, (_, j) => j);
const row = new Float64Array(d);
const whole = (k: number): number => {
  for (let j = 0; j < d; j++) row[j] = x[j]![k % n]!;
  return tryMove(scorer, k % n, all, row, d).correlation;
};
const apply = (k: number): number => applyMove(scorer, choose(k), feature, value, 1).correlation;

const binnings = columns.map((column) => binningOf(column, 0));
const countsOf = (column: Float64Array, j: number): Int32Array => {
  const counts = new Int32Array(slotsOf(binnings[j]!));
  for (const each of column) counts[slotOf(binnings[j]!, each)]!++;
  return counts;
};
const nominal = columns.map(countsOf);
const matrix = correlationMatrix(columns);
const naive = (k: number): number => {
  const i = choose(k);
  const trial = columns.map((column) => column);
  trial[k % d] = columns[k % d]!.slice();
  trial[k % d]![i] = value[0]!;
  const distance = Math.max(...trial.map((column, j) => jensenShannon(nominal[j]!, countsOf(column, j))));
  return distance + relativeChange(matrix, correlationMatrix(trial));
};

rate(200_000, single);
const rows = [
  ['try one value', rate(tries, single)] as const,
  [`try ${d} values of an event`, rate(tries / 10, whole)] as const,
  ['apply one value', rate(tries / 10, apply)] as const,
  ['compute everything anew', rate(5, naive)] as const,
].map(([what, perSecond], _, list) => ({
  what,
  'a second': perSecond > 100 ? Math.round(perSecond) : Number(perSecond.toPrecision(3)),
  'ratio to everything anew': Number((perSecond / list.at(-1)![1]).toPrecision(3)),
}));
if (options.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
else console.table(rows);
