import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { replayOptions, wholeNumber } from './options.js';
import { progressLine } from './progress.js';
import { publish } from './publish.js';
import { packageFolder } from './version.js';

interface Options {
  readonly once?: true;
  readonly port: string;
  readonly out: string;
  readonly set: string[];
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('replay the bundled sample, write the report and serve it (what `npm start` runs)')
    .option('--once', 'end when the report is written')
    .option('--port <port>', 'port on 127.0.0.1 (0: any free port)', '8765')
    .option('--out <folder>', 'where the report goes', join('out', 'demo'))
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const pipeline = join(packageFolder(), 'pipelines', 'dilepton.yaml');
      const sample = relative(process.cwd(), join(packageFolder(), 'samples', 'dilepton.parquet'));
      const port = wholeNumber('--port', options.port, 0, 65535);
      const loaded = await loadPipeline(pipeline, ['weight=none', ...options.set]);
      const { replay } = await import('../runtime/replay.js');
      const { prepareSamples } = await import('../runtime/samples.js');
      const samples = await prepareSamples(loaded, [sample]);
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
