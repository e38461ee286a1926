import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline as pump } from 'node:stream/promises';
import { messageOf, wrongSample } from '../operators/problem.js';
import { openSample } from '../sources/index.js';
import type { ReadRange, SampleInfo } from '../sources/source.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { planPipeline } from './pipeline_plan.js';
import { bindSample, sourceOptions, usesFastReconstruction, type SampleToBind } from './sample_stage.js';

/** A sample that was opened, named by its content and found to fit the pipeline. */
export interface PreparedSample {
  readonly bind: SampleToBind;
  readonly sha256: string;
  readonly bytes: number;
  readonly info: SampleInfo;
  readonly ranges: boolean;
  /** Only this part is to be read. */
  readonly range?: ReadRange;
  readonly notes: readonly string[];
}

/**
 * Opens the samples and puts them in the order of their SHA-256, so that the order on the command line does not
 * matter. The same bytes given twice are refused: their events would count twice.
 */
export async function prepareSamples(
  { pipeline }: LoadedPipeline,
  paths: readonly string[],
  range?: ReadRange,
): Promise<PreparedSample[]> {
  const plan = planPipeline(pipeline, (path) => path.join('.'));
  const opened = await Promise.all(
    paths.map(async (path) => {
      const { source, bytes } = await openSample(path);
      return { path, source, bytes, sha256: await sha256Of(path, bytes) };
    }),
  );
  opened.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  opened.forEach(({ path, sha256 }, i) => {
    const before = opened[i - 1];
    if (before?.sha256 === sha256)
      throw wrongSample(`samples ${before.path} and ${path}: hold the same bytes; give each once`);
  });
  return Promise.all(
    opened.map(async ({ path, source, bytes, sha256 }, index): Promise<PreparedSample> => {
      const info = await source.describe(path, sourceOptions(pipeline, source.format));
      const salt = [parseInt(sha256.slice(0, 8), 16), parseInt(sha256.slice(8, 16), 16)] as const;
      const bind = { index, path, format: source.format, salt };
      bindSample(pipeline, plan, bind, info);
      const has = (name: string): boolean =>
        info.columns.some((column) => column.name === name) ||
        pipeline.sources[source.format as 'lhe']?.columns?.[name] !== undefined;
      const notes = usesFastReconstruction(pipeline, plan, bind, has)
        ? ['fast reconstruction: made the reconstructed columns, since a sample has truth alone']
        : [];
      if (range && !source.ranges)
        throw wrongSample(`sample ${path}: a ${source.format} file can only be read from its start; leave out --range`);
      return { bind, sha256, bytes, info, ranges: source.ranges, ...(range ? { range } : {}), notes };
    }),
  );
}

/** A sample without a file (the generator) is named by its description. */
async function sha256Of(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  if (bytes === 0) return hash.update(path).digest('hex');
  try {
    await pump(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  } catch (error) {
    throw wrongSample(`sample ${path}: ${messageOf(error)}`, error);
  }
  return hash.digest('hex');
}
