import { join } from 'node:path';
import type { Command } from 'commander';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { replayOptions, wholeNumber } from './options.js';
import { progressLine } from './progress.js';
import { publish } from './publish.js';
import { packageFolder } from './version.js';

/**
 * A stream that is stable for half its events; then the leptons' scale begins to fall with H_T above 300 GeV. The events
 * are generated and reconstructed here, by the response that the pipeline declares.
 */
const SAMPLE = 'generator:60000?seed=1&high_pt=0.8';
const OVERRIDES = [
  'weight=none',
  'window.events=3000',
  'fast_reconstruction.from_event=30000',
  'fast_reconstruction.context.pt_scale="where(H_T > 300, -0.02 * min((H_T - 300) / 300, 3), 0)"',
  'local_model.verdict=declared',
  'online.memory.sliding=4',
];

interface Options {
  readonly once?: true;
  readonly port: string;
  readonly out: string;
  readonly set: string[];
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('watch a stream that turns bad at high H_T, write the report and serve it (what `npm start` runs)')
    .option('--once', 'end when the report is written')
    .option('--port <port>', 'port on 127.0.0.1 (0: any free port)', '8765')
    .option('--out <folder>', 'where the report goes', join('out', 'demo'))
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const pipeline = join(packageFolder(), 'pipelines', 'dilepton.yaml');
      const port = wholeNumber('--port', options.port, 0, 65535);
      const loaded = await loadPipeline(pipeline, [...OVERRIDES, ...options.set]);
      const { replay } = await import('../runtime/replay.js');
      const { prepareSamples } = await import('../runtime/samples.js');
      const samples = await prepareSamples(loaded, [SAMPLE]);
      const line = progressLine(samples[0]!.bytes);
      const report = await replay(
        loaded,
        samples,
        replayOptions(1, ({ events, bytes }) => {
          line.add(events, bytes);
        }),
      );
      line.clear();
      await publish(report, { out: options.out, servePort: options.once ? undefined : port });
    });
}
