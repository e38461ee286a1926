import { wrongSample } from '../operators/problem.js';
import { openSample } from '../sources/index.js';
import type { KafkaAccess } from '../sources/kafka/access.js';
import { isKafkaPath, parseKafkaPath } from '../sources/kafka/log_range.js';
import type { ReadRange, SampleInfo } from '../sources/source.js';
import { fingerprint, hashSample } from './hash_file.js';
import { POSITION, SAMPLE } from './identity.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { planPipeline } from './pipeline_plan.js';
import { bindSample, sourceOptions, type SampleToBind } from './sample_stage.js';

/** A sample that was opened and found to fit the pipeline. */
export interface PreparedSample {
  readonly bind: SampleToBind;
  /** Its content's name; computed on another thread while events are read. */
  readonly sha256: Promise<string>;
  readonly bytes: number;
  readonly info: SampleInfo;
  readonly ranges: boolean;
  /** Only this part is to be read. */
  readonly range?: ReadRange;
  readonly notes: readonly string[];
}

/**
 * Opens the samples and checks each against the pipeline. A sample that cannot be used is a Problem (3). `kafka` is for
 * those that are ranges of a log.
 */
export async function prepareSamples(
  { pipeline }: LoadedPipeline,
  paths: readonly string[],
  range?: ReadRange,
  kafka?: KafkaAccess,
): Promise<PreparedSample[]> {
  const plan = planPipeline(pipeline);
  return Promise.all(
    paths.map(async (path, index): Promise<PreparedSample> => {
      const { source, bytes } = await openSample(path);
      const { format } = source;
      const access = kafka && isKafkaPath(path) ? { kafka } : {};
      const unsalted = { index, path, format, salt: [0, 0] as const, ...access };
      const info = await source.describe(path, sourceOptions(pipeline, unsalted));
      const { identity, reconstruct } = bindSample(pipeline, plan, unsalted, info);
      if (range && !source.ranges) {
        throw wrongSample(`sample ${path}: a ${format} file can only be read from its start; leave out --range`);
      }
      const sha256 = hashSample(path, bytes, kafka);
      // Who fails while nobody waits is heard when the hash is awaited.
      sha256.catch(() => undefined);
      return {
        bind: { ...unsalted, salt: await saltFor(identity.names, path, bytes, () => sha256) },
        sha256,
        bytes,
        info,
        ranges: source.ranges,
        ...(range ? { range } : {}),
        notes: reconstruct
          ? ['fast reconstruction: made the reconstructed columns, since a sample has truth alone']
          : [],
      };
    }),
  );
}

/**
 * Where the sample itself is a part of the identity, its SHA-256; where the position is, what can be known without
 * reading all of it: that key only has to scatter events over splits and draws. Of a log it is the partition, as live.
 */
export async function saltFor(
  names: readonly string[],
  path: string,
  bytes: number,
  sha256: () => Promise<string>,
): Promise<readonly [number, number]> {
  if (isKafkaPath(path)) return [parseKafkaPath(path).partition, 0];
  if (names.includes(SAMPLE)) return saltOf(await sha256());
  return names.includes(POSITION) ? saltOf(await fingerprint(path, bytes)) : [0, 0];
}

const saltOf = (sha256: string): readonly [number, number] => [
  parseInt(sha256.slice(0, 8), 16),
  parseInt(sha256.slice(8, 16), 16),
];
