/**
 * `node one_stage.js STAGE FOLDER EVENTS ROUNDS`: one stage of the chain over columns in memory, by the program and by a
 * naive loop in turns; the naive loop first, each once before by way of warming. Prints a line of JSON (`StageLine`).
 */
import { compiledFiller } from '../../operators/compiled/book_filler.js';
import { compile } from '../../operators/expressions/evaluate.js';
import { plan } from '../../operators/expressions/plan.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import { openBook, settleBook } from '../../operators/summaries/book.js';
import { readColumns } from '../chain/columns.js';
import { plainLoop } from '../chain/plain_loop.js';
import { WORKLOAD } from '../chain/workload.js';
import { BATCH_EVENTS, runChain } from '../scaling/run_chain.js';
import { chainOf, WORKLOAD_SHAPE } from '../scaling/shape.js';
import { naiveFormulas, naiveRegimes, naiveSummaries, type Made } from './naive.js';
import type { StageLine } from './stages.js';

const [stage, folder, count, turns] = process.argv.slice(2) as [string, string, string, string];
const events = Number(count);
const columns = readColumns(folder, events);
const { definitions, map, entries } = chainOf(WORKLOAD_SHAPE);
const OUTPUTS = ['H_T', 'abs_deta', 'm_reco', 'delta'] as const;
const doubles = (): Float64Array => new Float64Array(BATCH_EVENTS);

const given = new Map(WORKLOAD.columns.map((name) => [name, { type: 'number', unit: null } as const]));
const evaluate = compile(definitions, plan(definitions, OUTPUTS, given).order, OUTPUTS, 'compiled');

/** What the first batch gives is the input of every batch of the later stages. */
const length = Math.min(BATCH_EVENTS, events);
const made: Made = [doubles(), doubles(), doubles(), doubles()];
const regime = new Uint16Array(BATCH_EVENTS);
naiveFormulas(columns, length, made);
naiveRegimes(made, length, regime);
const byName = new Map(OUTPUTS.map((name, i) => [name as string, made[i]!.subarray(0, length)]));
const groups = new Map([['regime', regime.subarray(0, length)]]);

const each = (batch: (start: number, end: number) => void) => (): void => {
  for (let start = 0; start + length <= events; start += length) batch(start, start + length);
};
const part = (start: number, end: number): Float32Array[] => columns.map((x) => x.subarray(start, end));
const distances = doubles();
const out: Made = [doubles(), doubles(), doubles(), doubles()];
const assigned = new Uint16Array(BATCH_EVENTS);

const ways: Readonly<Record<string, { ours: () => void; naive: () => void }>> = {
  formulas: {
    ours: each((start, end) => {
      evaluate(new Map(part(start, end).map((x, c) => [WORKLOAD.columns[c]!, x])), length);
    }),
    naive: each((start, end) => {
      naiveFormulas(part(start, end), length, out);
    }),
  },
  regimes: {
    ours: each(() => {
      assignRegimes(map, [made[0], made[1]], length, assigned, distances);
    }),
    naive: each(() => {
      naiveRegimes(made, length, assigned);
    }),
  },
  summaries: {
    ours: () => {
      const book = openBook(entries);
      const { fill, end } = compiledFiller(book, entries);
      const rows = { length, columns: byName, groups, weight: null };
      each(() => {
        fill({ given: rows, made: () => rows });
      })();
      end();
      settleBook(book);
    },
    naive: () => {
      const { fill } = naiveSummaries();
      each(() => {
        fill(made, regime, length);
      })();
    },
  },
  chain: {
    ours: () => void runChain(WORKLOAD_SHAPE, columns, events),
    naive: () => void plainLoop(columns, events),
  },
};

const { ours, naive } = ways[stage]!;
const rate = (run: () => void): number => {
  const start = performance.now();
  run();
  return (1000 * (stage === 'chain' ? events : events - (events % length))) / (performance.now() - start);
};
rate(naive);
rate(ours);
const rounds = Array.from({ length: Number(turns) }, () => ({ naive: rate(naive), ours: rate(ours) }));
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ stage, rounds, megabytes } satisfies StageLine)}\n`);
