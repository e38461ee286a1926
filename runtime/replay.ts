import type { Report } from '../schemas/report.js';
import { analyseWhole, type Analysis } from './analyse.js';
import { createCrew, type RemoteShard } from './crew.js';
import { writePartial } from './partial.js';
import { PARTIAL_FORMAT, type PartialHead } from './partial_head.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { planPipeline } from './pipeline_plan.js';
import { readSamples, type Read } from './read_samples.js';
import type { ReplayOptions } from './replay_options.js';
import type { PreparedSample } from './samples.js';
import { shardConfig } from './shard_config.js';

/** Replays stored samples: reads them once into the skim, then makes the passes, and reports. */
export async function replay(
  loaded: LoadedPipeline,
  samples: readonly PreparedSample[],
  options: ReplayOptions,
): Promise<Report> {
  return (await replayWhole(loaded, samples, options)).report;
}

/** The same, with the summaries and models that the report was made of. */
export async function replayWhole(
  loaded: LoadedPipeline,
  samples: readonly PreparedSample[],
  options: ReplayOptions,
): Promise<Analysis> {
  const start = options.clock();
  const crew = crewFor(loaded, samples, options);
  try {
    const read = await readSamples(samples, crew, options);
    return await analyseWhole(loaded, crew, read, options, start);
  } finally {
    await Promise.all(crew.map((shard) => shard.close()));
  }
}

/** Reads the samples into a partial file: the skim, with nothing fitted. */
export async function replayPartial(
  loaded: LoadedPipeline,
  samples: readonly PreparedSample[],
  file: string,
  options: ReplayOptions,
): Promise<Read> {
  const crew = crewFor(loaded, samples, options);
  try {
    const read = await readSamples(samples, crew, options);
    const head: PartialHead = {
      ...read,
      format: PARTIAL_FORMAT,
      regimewatch: options.version,
      pipeline: loaded.pipeline,
      pipelineHash: loaded.hash,
      samples: read.samples.map((sample, i) => ({
        ...sample,
        from: samples[i]!.range?.from ?? 0,
        to: samples[i]!.range?.to ?? null,
      })),
    };
    await writePartial(file, head, crew, planPipeline(loaded.pipeline).kept);
    return read;
  } finally {
    await Promise.all(crew.map((shard) => shard.close()));
  }
}

function crewFor(loaded: LoadedPipeline, samples: readonly PreparedSample[], options: ReplayOptions): RemoteShard[] {
  return createCrew(options.workers, shardConfig(loaded, samples, options));
}
