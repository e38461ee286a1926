/**
 * `npm run bench`: the whole replay (read, formulas, regimes, summaries, quantiles, report) on generated samples, each
 * program a process of its own, in turns, beside a naive JavaScript row loop, and NumPy + scikit-learn and pylhe where
 * Python has them. Prints events/s (median), the ratio to the baseline of the same run, and peak memory.
 *
 * Options: --events N (Arrow and Parquet), --lhe N, --runs N, --json
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageFolder } from '../cli/version.js';
import { generateSample } from '../runtime/generate.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { median } from './live/statistics.js';

interface Runner {
  readonly name: string;
  readonly command: readonly string[];
}

/** What a runner prints as its last line. */
interface Run {
  readonly events: number;
  readonly seconds: number;
  readonly megabytes: number;
}

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '2000000' },
    lhe: { type: 'string', default: '300000' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const root = packageFolder();
const pipeline = join(root, 'pipelines', 'dilepton.yaml');
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const peer = (file: string): string => join(root, 'bench', 'peers', file);

const python = (modules: string): boolean => spawnSync('python3', ['-c', `import ${modules}`]).status === 0;

function run({ command }: Runner): Run {
  const [program, ...args] = command;
  const output = execFileSync(program!, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(output.trim().split('\n').at(-1)!) as Run;
}

function compare(sample: string, runners: readonly Runner[]): object[] {
  const measured = runners.map((): Run[] => []);
  for (let round = 0; round < runs; round++) runners.forEach((runner, i) => measured[i]!.push(run(runner)));
  const rates = measured.map((list) => list.map(({ events, seconds }) => events / seconds));
  return runners.map(({ name }, i) => ({
    sample,
    program: name,
    'events/s': Math.round(median(rates[i]!)),
    'ratio to the last': Number(median(rates[i]!.map((rate, round) => rate / rates.at(-1)![round]!)).toFixed(2)),
    'peak MB': Math.round(median(measured[i]!.map(({ megabytes }) => megabytes))),
  }));
}

const folder = mkdtempSync(join(tmpdir(), 'regimewatch-bench-'));
try {
  const loaded = await loadPipeline(pipeline);
  const make = async (name: string, events: number): Promise<string> => {
    const file = join(folder, name);
    await generateSample(loaded, events, file, () => undefined);
    return file;
  };
  const ours = (file: string): Runner => ({
    name: 'regimewatch replay',
    command: [process.execPath, '--max-inlined-bytecode-size-cumulative=5000', here('one_replay.js'), pipeline, file],
  });
  const rows: object[] = [];
  for (const name of ['events.arrow', 'events.parquet']) {
    const file = await make(name, Number(values.events));
    const runners = [ours(file)];
    if (python('numpy, sklearn, pyarrow')) {
      runners.push({ name: 'NumPy + scikit-learn', command: ['python3', peer('numpy_sklearn.py'), file] });
    }
    if (name.endsWith('arrow')) {
      runners.push({ name: 'naive JavaScript rows', command: [process.execPath, here('naive_rows.js'), file] });
    }
    rows.push(...compare(name, runners));
    rmSync(file);
  }
  for (const name of ['events.lhe', 'events.lhe.gz']) {
    const file = await make(name, Number(values.lhe));
    const runners = [ours(file)];
    if (python('pylhe, numpy')) runners.push({ name: 'pylhe', command: ['python3', peer('pylhe_read.py'), file] });
    rows.push(...compare(name, runners));
    rmSync(file);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else console.table(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
