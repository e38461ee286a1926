import { addRejections, type Rejections } from '../operators/batch.js';
import { wrongSample } from '../operators/problem.js';
import type { Report } from '../schemas/report.js';
import type { RemoteShard } from './crew.js';
import type { IdentityRange } from './duplicates.js';
import type { ReplayOptions } from './replay_options.js';
import type { PreparedSample } from './samples.js';
import type { Slice, SliceResult } from './shard.js';

/** Result of the reading; samples in the order given. `used` still counts duplicates. */
export interface Read {
  readonly samples: Report['samples'];
  readonly read: number;
  readonly used: number;
  readonly rejected: Rejections;
  readonly identities: readonly (IdentityRange | null)[];
  readonly notes: readonly string[];
}

const SLICE_EVENTS = 262_144;

/** One place decides how the work is cut: whole samples, or ranges of them where the format can start anywhere. */
function cutWork(samples: readonly PreparedSample[], workers: number, sliceEvents = SLICE_EVENTS): Slice[] {
  return samples.flatMap(({ bind: { index }, info, ranges, range }): Slice[] => {
    if (range) return [{ sample: index, range }];
    if (workers <= 1 || !ranges || info.events === undefined) return [{ sample: index }];
    const slices = Math.max(1, Math.min(4 * workers, Math.ceil(info.events / sliceEvents)));
    const size = Math.ceil(info.events / slices);
    return Array.from({ length: slices }, (_, i) => ({ sample: index, range: { from: i * size, to: (i + 1) * size } }));
  });
}

/** Reads every sample; whoever is free takes the next slice. Which worker takes which changes nothing in the result. */
export async function readSamples(
  samples: readonly PreparedSample[],
  crew: readonly RemoteShard[],
  options: ReplayOptions,
): Promise<Read> {
  const left = cutWork(samples, crew.length, options.sliceEvents);
  const results: SliceResult[] = [];
  await Promise.all(
    crew.map(async (shard) => {
      for (let slice = left.shift(); slice !== undefined; slice = left.shift()) {
        results.push(await shard.read(slice, (events, bytes) => options.onProgress?.({ events, bytes })));
      }
    }),
  );
  const rejected: Rejections = {};
  for (const result of results) addRejections(rejected, result.rejected);
  const sum = (of: (result: SliceResult) => number): number => results.reduce((total, result) => total + of(result), 0);
  const names = await Promise.all(samples.map(({ sha256 }) => sha256));
  refuseSameBytes(samples, names);
  return {
    samples: samples.map(({ bind: { index, path, format } }) => ({
      path,
      format,
      events: sum(({ sample, read }) => (sample === index ? read : 0)),
      sha256: names[index]!,
    })),
    read: sum(({ read }) => read),
    used: sum(({ used }) => used),
    rejected,
    identities: results.filter(({ used }) => used > 0).map(({ identity }) => identity),
    notes: [...new Set(samples.flatMap(({ notes }) => notes))],
  };
}

/** The same bytes given twice: their events would count twice, or all be duplicates. */
function refuseSameBytes(samples: readonly PreparedSample[], names: readonly string[]): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first === i) return;
    const [one, other] = [samples[first]!.bind.path, samples[i]!.bind.path];
    throw wrongSample(`samples ${one} and ${other}: hold the same bytes; give each once`);
  });
}
