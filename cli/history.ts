import type { Command } from 'commander';
import { wrongPipeline, wrongSample } from '../operators/problem.js';
import type { History, HistoryOptions } from '../sinks/history/open_history.js';
import { alertLines, comparisonLines, listLines, windowLines } from './history_words.js';
import { checkFormat } from './options.js';

interface Options {
  readonly a?: string;
  readonly b?: string;
  readonly pipeline?: string;
  readonly out?: string;
  readonly format?: string;
}

type Action = (files: readonly string[], options: Options) => Promise<{ json: unknown; lines: readonly string[] }>;

/** What each action takes, and does. */
const ACTIONS: Readonly<Record<string, { readonly takes: string; readonly run: Action }>> = {
  list: { takes: 'FILE', run: list },
  show: { takes: 'FILE WINDOW', run: show },
  alerts: { takes: 'FILE', run: alerts },
  compare: { takes: 'FILE [FILE]', run: compare },
  'set-reference': { takes: 'FILE FROM:TO', run: setReference },
  export: { takes: 'FILE', run: exported },
  compact: { takes: 'FILE', run: compacted },
};

export function addHistory(program: Command): void {
  program
    .command('history')
    .description('look into the closed windows that `watch` and `live` kept with --history')
    .argument('<action>', Object.keys(ACTIONS).join(', '))
    .argument('[what...]', 'the file of a history; for compare one or two, for show the index of a window')
    .option('--a <period>', 'compare: what is compared with, FROM:TO by index of the windows; default the reference')
    .option('--b <period>', 'compare: what is compared; of a second file by default all of it')
    .option('--pipeline <name>', 'of several in the file')
    .option('--out <folder>', 'export: where the Parquet files go')
    .option('--format <format>', 'json: print JSON in place of the table')
    .action(run);
}

async function run(name: string, what: string[], _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  checkFormat(options.format);
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) throw wrongPipeline(`history ${name}: expected ${Object.keys(ACTIONS).join(', ')}`);
  const all = action.takes.split(' ');
  const fewest = all.filter((one) => !one.startsWith('[')).length;
  if (what.length < fewest || what.length > all.length)
    throw wrongPipeline(`history ${name}: expected ${action.takes}, got ${what.join(' ') || 'nothing'}`);
  const { json, lines } = await action.run(what, options);
  process.stdout.write(options.format === 'json' ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`);
}

async function using<T>(
  file: string,
  work: (history: History) => Promise<T>,
  access: HistoryOptions['access'] = 'read',
) {
  const { openHistory } = await import('../sinks/history/open_history.js');
  const history = await openHistory(file, { access });
  try {
    return await work(history);
  } finally {
    await history.close();
  }
}

function list([file = '']: readonly string[]): ReturnType<Action> {
  return using(file, async (history) => {
    const rows = [];
    for (const pipeline of await history.pipelines()) {
      const epochs = await history.epochs(pipeline);
      const fired = (await history.alerts(pipeline, Infinity)).filter(({ firedAt }) => firedAt !== null);
      rows.push({ pipeline, epochs, reference: await history.reference(pipeline), alerts: fired.length });
    }
    return { json: rows, lines: listLines(rows) };
  });
}

function show([file = '', text = '']: readonly string[], options: Options): ReturnType<Action> {
  const [, epoch = '', index] = /^(\d+@)?(\d+|last)$/.exec(text) ?? [];
  if (index === undefined) throw wrongPipeline(`window ${text}: expected its index, last, or EPOCH@INDEX`);
  const at = index === 'last' ? '-1' : index;
  return using(file, async (history) => {
    const { pipelineOf, placeOfPeriod, readPeriod } = await import('../runtime/history/period.js');
    const pipeline = await pipelineOf(history, options.pipeline);
    const place = await placeOfPeriod(history, pipeline, `${epoch}${at}:${at}`);
    const { windows } = await readPeriod(history, pipeline, place);
    return { json: windows[0], lines: windowLines(windows[0]!, place.epoch) };
  });
}

function alerts([file = '']: readonly string[], options: Options): ReturnType<Action> {
  return using(file, async (history) => {
    const names = options.pipeline === undefined ? await history.pipelines() : [options.pipeline];
    const found = (await Promise.all(names.map((name) => history.alerts(name, 1000)))).flat();
    return { json: found, lines: alertLines(found) };
  });
}

async function compare([file = '', other]: readonly string[], options: Options): ReturnType<Action> {
  const { comparePeriods } = await import('../runtime/history/compare_periods.js');
  const { pipelineOf, placeOfPeriod, readPeriod, referencePlace } = await import('../runtime/history/period.js');
  const { a: textA = other === undefined ? undefined : ':', b: textB = other === undefined ? undefined : ':' } =
    options;
  if (textB === undefined) throw wrongPipeline('history compare: give --b FROM:TO, the windows to compare');
  const read = (from: string, text: string | undefined) =>
    using(from, async (history) => {
      const pipeline = await pipelineOf(history, options.pipeline);
      const place = await (text === undefined
        ? referencePlace(history, pipeline)
        : placeOfPeriod(history, pipeline, text));
      return readPeriod(history, pipeline, place);
    });
  const a = await read(file, textA);
  const b = await read(other ?? file, textB);
  const [nameA, nameB] = [a, b].map(({ windows }) => windows[0]!.report.pipeline);
  if (nameA !== nameB) throw wrongSample(`history compare: pipeline ${nameA!} and ${nameB!} have nothing in common`);
  const compared = comparePeriods(a, b);
  return { json: compared, lines: comparisonLines(compared) };
}

function setReference([file = '', text = '']: readonly string[], options: Options): ReturnType<Action> {
  const set = async (history: History) => {
    const { pipelineOf, placeOfPeriod, readPeriod } = await import('../runtime/history/period.js');
    const pipeline = await pipelineOf(history, options.pipeline);
    const { place, windows } = await readPeriod(history, pipeline, await placeOfPeriod(history, pipeline, text));
    const { epoch, from, to } = place;
    await history.setReference(pipeline, { epoch, from, to });
    const words = `${pipeline}: the reference is windows ${from} to ${to} of epoch ${epoch} (${windows.length} of them)`;
    return { json: { pipeline, epoch, from, to, windows: windows.length }, lines: [words] };
  };
  return using(file, set, 'existing');
}

async function exported([file = '']: readonly string[], { out }: Options): ReturnType<Action> {
  if (out === undefined) throw wrongPipeline('history export: give --out FOLDER, where the Parquet files go');
  const { exportParquet } = await import('../sinks/history/export_parquet.js');
  const written = await using(file, (history) => exportParquet(history, out));
  return { json: written, lines: written.map(({ file: path, rows }) => `${path}: ${rows} rows`) };
}

async function compacted([file = '']: readonly string[]): ReturnType<Action> {
  const { compact } = await import('../sinks/history/compact.js');
  const { before, after } = await compact(file);
  return { json: { before, after }, lines: [`${file}: ${before} bytes, now ${after}`] };
}
