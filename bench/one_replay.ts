/** One replay as `regimewatch replay` does it, timed from the opening of the sample to the finished report. */
import { replayOptions } from '../cli/options.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { replay } from '../runtime/replay.js';
import { prepareSamples } from '../runtime/samples.js';

const [pipeline, file, workers = '1'] = process.argv.slice(2);
const loaded = await loadPipeline(pipeline!, ['weight=none']);
const start = performance.now();
const samples = await prepareSamples(loaded, [file!]);
const report = await replay(
  loaded,
  samples,
  replayOptions(Number(workers), () => undefined),
);
const seconds = (performance.now() - start) / 1000;
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ events: report.events.read, seconds, megabytes })}\n`);
