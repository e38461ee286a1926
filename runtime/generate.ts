import type { Batch } from '../operators/batch.js';
import { parse } from '../operators/expressions/formula.js';
import { wrongPipeline } from '../operators/problem.js';
import { generatorSource } from '../sources/generator/generator.js';
import { writeSample } from '../sources/generator/write_sample.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { planPipeline } from './pipeline_plan.js';
import { reconstructionConfig } from './reconstruction.js';

const BATCH_EVENTS = 16_384;

/** Writes generated events with the pipeline's columns, under the pipeline's names, so that it can replay the file. */
export async function generateSample(
  { pipeline, locate }: LoadedPipeline,
  events: number,
  file: string,
  onEvents: (more: number) => void,
): Promise<void> {
  const { definitions } = planPipeline(pipeline, locate);
  const source = generatorSource({
    events,
    seed: pipeline.generator?.seed ?? 1,
    high_pt_fraction: pipeline.generator?.high_pt_fraction ?? 0,
    reco: reconstructionConfig(pipeline, definitions),
  });
  const offered = source.describe().columns.map(({ name }) => name);
  const renamed = pipeline.sources.generator?.columns ?? {};
  const names = Object.keys(pipeline.columns).map((name) => {
    const formula = parse(renamed[name] ?? name);
    if (formula.kind === 'name' && offered.includes(formula.name)) return [name, formula.name] as const;
    throw wrongPipeline(
      `${locate(['columns', name])}: the generator makes no such column; it makes ${offered.join(', ')}`,
    );
  });
  async function* batches(): AsyncGenerator<Batch> {
    for await (const batch of source.read(offered, { batchEvents: BATCH_EVENTS })) {
      onEvents(batch.length);
      // Under the generator's names as well: an LHE file holds its truth, whatever the pipeline calls it.
      const own = names.map(([name, made]) => [name, batch.columns.get(made)!] as const);
      yield { ...batch, columns: new Map([...batch.columns, ...own]) };
    }
  }
  await writeSample(
    file,
    batches(),
    names.map(([name]) => name),
  );
}
