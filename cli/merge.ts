import type { Command } from 'commander';
import { checkFormat, referenceOf, replayOptions, wholeNumber } from './options.js';
import { progressLine } from './progress.js';
import { publish } from './publish.js';

interface Options {
  readonly out?: string;
  readonly serve?: string;
  readonly reference?: string;
  readonly format?: string;
}

export function addMerge(program: Command): void {
  program
    .command('merge')
    .description('merge the partials that `replay --partial` wrote into one report')
    .argument('<partial...>', 'partial files')
    .option('--out <folder>', 'write report.json, report.html and figures/*.svg there')
    .option('--reference <report>', 'compare with this report.json')
    .option('--serve <port>', 'serve the report and /metrics on 127.0.0.1 until Ctrl-C (0: any free port)')
    .option('--format <format>', 'json: print report.json in place of the table')
    .action(async (files: string[], _: unknown, command: Command) => {
      const { out, serve, format, reference } = command.optsWithGlobals<Options>();
      checkFormat(format);
      const servePort = serve === undefined ? undefined : wholeNumber('--serve', serve, 0, 65535);
      const line = progressLine(0);
      const settings = replayOptions(1, ({ events, bytes }) => {
        line.add(events, bytes);
      });
      const { merge } = await import('../runtime/merge.js');
      const report = await merge(files, { ...settings, ...(await referenceOf(reference)) });
      line.clear();
      await publish(report, { out, format, servePort });
    });
}
