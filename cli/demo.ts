import { join } from 'node:path';
import type { Command } from 'commander';
import { Problem } from '../operators/problem.js';
import { loadPipeline, type LoadedPipeline } from '../runtime/pipeline_file.js';
import { formatCount } from '../sinks/page/client/shared/format_estimate.js';
import { demoStory, percent } from './demo_story.js';
import { replayOptions, wholeNumber } from './options.js';
import { packageFolder } from './version.js';
import { watchSamples } from './watch.js';

/**
 * A stream that is stable for 30 s; then the leptons' scale begins to fall with H_T above 300 GeV. The events are
 * generated and reconstructed here, by the response that the pipeline declares. What the alerts call a trifle is 1 %, so
 * that what a correction of a few windows leaves is one.
 */
const EVENTS = 110_000;
const BAD_FROM = 60_000;
const RATE = 2000;
/** Of the replays at the end: the page goes on meanwhile. */
const THREADS = 2;
const OVERRIDES = [
  'weight=none',
  'window={ events: 5000 }',
  `fast_reconstruction.from_event=${BAD_FROM}`,
  'fast_reconstruction.context.pt_scale="where(H_T > 300, -0.04 * min((H_T - 300) / 300, 1), 0)"',
  'local_model.verdict=declared',
  'online={ learn: 4, every: 4, memory: { sliding: 4 } }',
  'correction.layers=[smooth]',
  'alerts.bias=0.01',
  'danger_zone.tolerance={ bias: 0.015, sigma68: 0.01, pull: 0.2 }',
];
const HIGH = 'high H_T';

interface Options {
  readonly once?: true;
  readonly fast?: true;
  readonly seed: string;
  readonly port: string;
  readonly out: string;
  readonly set: string[];
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('watch a stream that turns bad at high H_T, is corrected and recovers (what `npm start` runs)')
    .option('--once', 'serve no page, end when the report is written; code 1 if it did not go as told')
    .option('--fast', 'as fast as it goes')
    .option('--seed <n>', 'of the generator', '1')
    .option('--port <port>', 'of the page, on 127.0.0.1 (0: any free port)', '8765')
    .option('--out <folder>', 'where the report goes', join('out', 'demo'))
    .action(run);
}

async function run(_: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  const port = wholeNumber('--port', options.port, 0, 65535);
  const seed = wholeNumber('--seed', options.seed, 0, 2 ** 32 - 1);
  const pipeline = join(packageFolder(), 'pipelines', 'dilepton.yaml');
  const loaded = await loadPipeline(pipeline, [...OVERRIDES, ...options.set]);
  const sample = `generator:${EVENTS}?seed=${seed}&high_pt=1`;
  const start = performance.now();
  const print = (line: string): void => {
    const seconds = Math.round((performance.now() - start) / 1000);
    process.stdout.write(`${String(seconds).padStart(3)} s  ${line}\n`);
  };
  const rate = options.fast ? null : RATE;
  print(
    `${formatCount(EVENTS)} Z → ll events${rate === null ? '' : `, ${formatCount(rate)} a second`}; from event ${formatCount(BAD_FROM)} on the leptons' scale falls at ${HIGH}`,
  );
  const story = demoStory(HIGH, print);
  await watchSamples(loaded, [sample], {
    ...{ rate, port: options.once ? undefined : port, state: null, once: options.once === true },
    onReport: story.onWindow,
    onAlerts: story.onAlerts,
    onSummary: async () => {
      for (const line of story.takenBack()) print(line);
      print(await takenBack(loaded, sample));
      print(`report: ${await writeDemoReport(loaded, sample, options.out)}`);
      const missing = story.missing();
      if (missing.length > 0)
        throw new Problem(1, `demo: did not go as told: ${missing.join(', ')}; try another --seed`);
    },
  });
}

/** What a correction could take back of the bad events, and what one that is learned from them takes back. */
async function takenBack(loaded: LoadedPipeline, sample: string): Promise<string> {
  const { prepareSamples } = await import('../runtime/samples.js');
  const { replay } = await import('../runtime/replay.js');
  const { boundsOf, shareWords } = await import('../sinks/report/bound_words.js');
  const steady = { ...loaded.pipeline };
  delete steady.online;
  const bad = { ...loaded, pipeline: steady };
  const samples = await prepareSamples(bad, [sample], { from: BAD_FROM, to: EVENTS });
  const { correction } = await replay(
    bad,
    samples,
    replayOptions(THREADS, () => undefined),
  );
  const bound = correction && boundsOf(correction, null).at(-1);
  if (!bound) return 'what a correction could take back of the bad events is not known';
  return `of the bad events a correction by H_T and |Δη| can take back ${percent(bound.removableRms)} (r.m.s. over bins); one that is learned from them takes back ${shareWords(bound)} of its square`;
}

async function writeDemoReport(loaded: LoadedPipeline, sample: string, out: string): Promise<string> {
  const { prepareSamples } = await import('../runtime/samples.js');
  const { replay } = await import('../runtime/replay.js');
  const { writeReport } = await import('../sinks/report/write_report.js');
  const report = await replay(
    loaded,
    await prepareSamples(loaded, [sample]),
    replayOptions(THREADS, () => undefined),
  );
  const files = await writeReport(report, out);
  return files.find((file) => file.endsWith('.html')) ?? out;
}
