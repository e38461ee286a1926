/**
 * `node dist/bench/formulas.js`: the formulas of a pipeline on columns in memory, by the compiled loop and by the plain
 * ones, in turns (A B A B) in one process; prints events/s of both, the median of their ratios in a round with the lowest
 * and highest, what compiling took, and whether the bits were the same. Columns: single precision, as `regimewatch generate` writes them.
 *
 * Options: --pipeline FILE (default: pipelines/dilepton.yaml), --events N (a batch, 65536 at most), --rounds N, --seconds S (of each turn)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Column } from '../operators/batch.js';
import { compile } from '../operators/expressions/evaluate.js';
import { packageFolder } from '../cli/version.js';
import { generateSample } from '../runtime/generate.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { planPipeline } from '../runtime/pipeline_plan.js';
import { arrow } from '../sources/arrow/arrow.js';
import { median } from './live/statistics.js';

const { values } = parseArgs({
  options: {
    pipeline: { type: 'string', default: join(packageFolder(), 'pipelines', 'dilepton.yaml') },
    events: { type: 'string', default: '32768' },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '0.4' },
  },
});
const [events, rounds, seconds] = [Number(values.events), Number(values.rounds), Number(values.seconds)];
const loaded = await loadPipeline(values.pipeline);
const { pipeline } = loaded;
const plan = planPipeline(pipeline);

const folder = mkdtempSync(join(tmpdir(), 'regimewatch-bench-'));

/** One batch of the columns that the formulas need. */
async function columnsOf(): Promise<ReadonlyMap<string, Column>> {
  const file = join(folder, 'events.arrow');
  await generateSample(loaded, events, file, () => undefined);
  for await (const { columns } of arrow.read(file, plan.needs, { batchEvents: events })) return columns;
  throw new Error(`${file}: no batch`);
}

const columns = await columnsOf().finally(() => {
  rmSync(folder, { recursive: true, force: true });
});
const by = (how: 'plain' | 'compiled') => compile(plan.definitions, plan.order, plan.evaluated, how);
const [plain, compiled] = [by('plain'), by('compiled')];
const before = performance.now();
const found = compiled(columns, events);
const compiling = performance.now() - before;
const expected = plain(columns, events);
const same = [...expected].every(([name, x]) => x.every((value, i) => Object.is(value, found.get(name)![i])));

/** Events a second over a turn. */
function rate(evaluate: typeof plain): number {
  const start = performance.now();
  let batches = 0;
  do {
    evaluate(columns, events);
    batches++;
  } while (performance.now() - start < 1000 * seconds);
  return (1000 * events * batches) / (performance.now() - start);
}

rate(plain);
rate(compiled);
const turns = Array.from({ length: rounds }, () => ({ plain: rate(plain), compiled: rate(compiled) }));
const ratios = turns.map((turn) => turn.compiled / turn.plain);
console.table([
  {
    ...{ pipeline: pipeline.pipeline, quantities: plan.evaluated.length, 'events a batch': events },
    'plain [M events/s]': Number((median(turns.map((turn) => turn.plain)) / 1e6).toFixed(2)),
    'compiled [M events/s]': Number((median(turns.map((turn) => turn.compiled)) / 1e6).toFixed(2)),
    'ratio (median of rounds)': Number(median(ratios).toFixed(2)),
    'lowest to highest': `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
    'compiling [ms]': Number(compiling.toFixed(1)),
    'same bits': same,
  },
]);
process.exitCode = same ? 0 : 1;
