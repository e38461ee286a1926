/** One replay with overrides of the pipeline, as `regimewatch replay --set ...` does it; prints events, seconds and hashes. */
import { replayOptions } from '../../cli/options.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { replay } from '../../runtime/replay.js';
import { prepareSamples } from '../../runtime/samples.js';

const [pipeline, file, workers, ...overrides] = process.argv.slice(2);
const loaded = await loadPipeline(pipeline!, overrides);
const start = performance.now();
const report = await replay(
  loaded,
  await prepareSamples(loaded, [file!]),
  replayOptions(Number(workers), () => undefined),
);
const seconds = (performance.now() - start) / 1000;
const all = report.probes?.find(({ window, regime }) => window === null && regime === 'all');
process.stdout.write(
  `${JSON.stringify({ events: report.events.read, seconds, resultHash: report.resultHash, sampled: all?.sampled ?? 0, fooled: all?.fooled.value ?? null })}\n`,
);
