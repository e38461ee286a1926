/**
 * `node dist/bench/probes/attacks.js`: events a second of each attack on one core, and the margins that it asks for, on a
 * network of 16-64-64-1 written in JavaScript (model time included); four of the features are a correlated group.
 *
 * Options: --events N, --steps N, --size S, --json
 */
import { parseArgs } from 'node:util';
import { coordinate } from '../../operators/probes/coordinate.js';
import { evolutionary } from '../../operators/probes/evolutionary.js';
import { minimalPerturbation } from '../../operators/probes/minimal_perturbation.js';
import { projectedGradient } from '../../operators/probes/projected_gradient.js';
import { randomControl } from '../../operators/probes/random_control.js';
import type { Attack, Envelope, Objective, ProbedEvents } from '../../operators/probes/types.js';
import { normals } from './normals.js';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '5000' },
    steps: { type: 'string', default: '10' },
    size: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const n = Number(options.events);
const FEATURES = 16;
const UNITS = 64;

interface Layer {
  readonly inputs: number;
  readonly weights: Float64Array;
  readonly units: number;
}

const layer = (inputs: number, units: number, seed: number): Layer => {
  const scale = Math.sqrt(2 / inputs);
  return { inputs, units, weights: normals(inputs * units, 1, seed)[0]!.map((weight) => weight * scale) };
};
const network = [layer(FEATURES, UNITS, 2), layer(UNITS, UNITS, 3), layer(UNITS, 1, 4)];

/** The network's answer for row r; bends like tanh, without a transcendental function. */
function logitOf(x: readonly Float64Array[], r: number, from: Float64Array, to: Float64Array): number {
  for (let j = 0; j < FEATURES; j++) from[j] = x[j]![r]!;
  for (const { inputs, units, weights } of network) {
    for (let k = 0; k < units; k++) {
      let sum = 0;
      for (let j = 0; j < inputs; j++) sum += weights[k * inputs + j]! * from[j]!;
      to[k] = units === 1 ? sum : sum / (1 + Math.abs(sum));
    }
    [from, to] = [to, from];
  }
  return from[0]!;
}

function logits(x: readonly Float64Array[]): Float64Array {
  const [a, b] = [new Float64Array(UNITS), new Float64Array(UNITS)];
  return Float64Array.from(x[0]!, (_, r) => logitOf(x, r, a, b));
}

const x = normals(n, FEATURES, 1);
const side = logits(x).map(Math.sign);
const objective: Objective = {
  features: (_, columns) => columns,
  margin: (rows, columns) => Promise.resolve(logits(columns).map((logit, r) => logit * side[rows[r]!]!)),
};
const events: ProbedEvents = {
  length: n,
  keyLo: Uint32Array.from(x[0]!, (_, i) => i),
  keyHi: new Uint32Array(n),
  x,
  sigma: x.map(() => new Float64Array(n).fill(0.1)),
};
/** L of the correlation of four features by 1/2: from it 1, √3/2, √(2/3), √(5/8) on the diagonal. */
const cholesky = Float64Array.of(
  ...[1, 0, 0, 0],
  ...[1 / 2, Math.sqrt(3 / 4), 0, 0],
  ...[1 / 2, Math.sqrt(1 / 12), Math.sqrt(2 / 3), 0],
  ...[1 / 2, Math.sqrt(1 / 12), Math.sqrt(1 / 24), Math.sqrt(5 / 8)],
);
const envelope: Envelope = {
  names: x.map((_, j) => `x${j}`),
  low: new Float64Array(FEATURES).fill(-Infinity),
  high: new Float64Array(FEATURES).fill(Infinity),
  step: new Float64Array(FEATURES),
  groups: [{ members: [2, 5, 6, 11], cholesky }],
};

async function measured(name: string, attack: Attack) {
  const start = process.cpuUsage();
  const { margin, evaluations } = await attack(envelope, events, objective, {
    size: Number(options.size),
    seed: 1,
    steps: Number(options.steps),
  });
  const { user, system } = process.cpuUsage(start);
  return {
    attack: name,
    eventsPerSecond: Math.round(n / ((user + system) / 1e6)),
    marginsPerEvent: Number((evaluations / n).toFixed(1)),
    fooled: Number((margin.filter((m) => m < 0).length / n).toFixed(4)),
  };
}

const attacks: [string, Attack][] = [
  ['random (1)', randomControl(1)],
  ['gradient', projectedGradient()],
  ['minimal', minimalPerturbation()],
  ['coordinate', coordinate()],
  ['coordinate, to the boundary', coordinate({ enough: 0 })],
  ['evolutionary', evolutionary()],
  ['evolutionary, to the boundary', evolutionary({ enough: 0 })],
];
await measured('warm-up', randomControl(1));
const rows = [];
for (const [name, attack] of attacks) rows.push(await measured(name, attack));
if (options.json) console.log(JSON.stringify(rows));
else console.table(rows);
