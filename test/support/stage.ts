import { readFileSync } from 'node:fs';
import type { Batch, Column } from '../../operators/batch.js';
import { defineBatch, type Defined } from '../../runtime/define.js';
import { parsePipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { planPipeline } from '../../runtime/pipeline_plan.js';
import { bindSample, type SampleStage } from '../../runtime/sample_stage.js';

const base = readFileSync(new URL('../fixtures/pipelines/base.yaml', import.meta.url), 'utf8');

/** test/fixtures/pipelines/base.yaml with overrides. */
export const basePipeline = (...overrides: string[]): LoadedPipeline => parsePipeline(base, 'p.yaml', overrides);

/** Binds a pipeline to a sample that offers these columns; `[]` at the end of a name marks a list. */
export function stageFor(
  { pipeline, locate }: LoadedPipeline,
  offered: readonly string[],
  format = 'csv',
): SampleStage {
  const columns = offered.map((name) => ({ name: name.replace('[]', ''), list: name.endsWith('[]') }));
  const sample = { index: 0, path: `s.${format}`, format, salt: [1, 2] as const };
  return bindSample(pipeline, planPipeline(pipeline, locate), sample, { columns });
}

export const batchOf = (columns: Readonly<Record<string, Column>>, length: number, start = 0): Batch => ({
  start,
  length,
  columns: new Map(Object.entries(columns)),
});

/** A batch that passes base.yaml, with these columns in place of its own. */
export function baseBatch(length: number, columns: Readonly<Record<string, Column>> = {}): Batch {
  const column = (of: (i: number) => number): Float64Array => Float64Array.from({ length }, (_, i) => of(i));
  const right = {
    event: column((i) => i),
    gen_pt1: column((i) => 40 + i),
    gen_pt2: column(() => 30),
    gen_eta1: column(() => 0.5),
    gen_eta2: column(() => -1),
    reco_pt1: column((i) => 41 + i),
    w: column(() => 1),
  };
  return batchOf({ ...right, ...columns }, length);
}

/** base.yaml applied to a batch. */
export function defineBase(batch: Batch, ...overrides: string[]): Defined {
  return defineBatch(stageFor(basePipeline(...overrides), [...batch.columns.keys()]), batch);
}
