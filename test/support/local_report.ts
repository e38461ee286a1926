import { join } from 'node:path';
import { analyse } from '../../runtime/analyse.js';
import { readSamples } from '../../runtime/read_samples.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { Report } from '../../schemas/report.js';
import { writeTable } from './files.js';
import { BOTH, sampleOf, type SampleOptions } from './local_sample.js';
import { crewOf, settings } from './replay.js';
import { basePipeline } from './stage.js';

let files = 0;

/** The report of a sample for base.yaml with BOTH and these overrides, by as many shards as asked for. */
export async function reportOf(
  folder: string,
  events: number,
  overrides: readonly string[] = [],
  sample: SampleOptions = {},
  shards = 1,
): Promise<Report> {
  const loaded = basePipeline(...BOTH, ...overrides);
  const path = await writeTable(join(folder, `${files++}.arrow`), sampleOf(events, sample), 500);
  const options = settings({ sliceEvents: 700 });
  const samples = await prepareSamples(loaded, [path]);
  const crew = crewOf(shards, loaded, samples, options);
  return analyse(loaded, crew, await readSamples(samples, crew, options), options, 0);
}
