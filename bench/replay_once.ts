import { replayOptions } from '../cli/options.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { replay } from '../runtime/replay.js';
import { prepareSamples } from '../runtime/samples.js';
import { meter, type Run } from './live/run.js';

/** One replay as `regimewatch replay` does it, timed from the opening of the sample to the finished report. */
export async function replayOnce(pipeline: string, file: string, workers: number): Promise<Run> {
  const loaded = await loadPipeline(pipeline, ['weight=none']);
  const stop = meter();
  const samples = await prepareSamples(loaded, [file]);
  const report = await replay(
    loaded,
    samples,
    replayOptions(workers, () => undefined),
  );
  return stop(report.events.read);
}
