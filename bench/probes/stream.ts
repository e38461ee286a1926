/**
 * `node dist/bench/probes/stream.js`: what a probe at a 1 % sample costs a replay. With the probe and without, in turns
 * (A B A B), each a process of its own; prints events/s of both, the median of their ratios in a round, and whether the
 * main results were the same.
 *
 * Options: --events N, --rounds N, --workers N, --size S, --steps N
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageFolder } from '../../cli/version.js';
import { generateSample } from '../../runtime/generate.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { median } from '../live/statistics.js';

interface Run {
  readonly events: number;
  readonly seconds: number;
  readonly resultHash: string;
  readonly sampled: number;
  readonly fooled: number | null;
}

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '4' },
    workers: { type: 'string', default: '1' },
    size: { type: 'string', default: '1' },
    steps: { type: 'string', default: '3' },
  },
});
const pipeline = join(packageFolder(), 'pipelines', 'dilepton.yaml');
const program = fileURLToPath(new URL('./one_stream.js', import.meta.url));
const card = join(packageFolder(), 'models', 'mass_net.card.yaml');
const probe = `probes.net={ card: ${card}, rate: 0.01, size: ${values.size}, steps: ${values.steps} }`;
const folder = mkdtempSync(join(tmpdir(), 'regimewatch-bench-'));

try {
  const file = join(folder, 'events.parquet');
  await generateSample(await loadPipeline(pipeline), Number(values.events), file, () => undefined);
  const run = (...overrides: string[]): Run =>
    JSON.parse(
      execFileSync(process.execPath, [program, pipeline, file, values.workers, 'weight=none', ...overrides], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    ) as Run;
  const rounds = Array.from({ length: Number(values.rounds) }, () => ({ without: run(), with: run(probe) }));
  const rate = ({ events, seconds }: Run): number => Math.round(events / seconds);
  console.table([
    {
      events: rounds[0]!.with.events,
      sampled: rounds[0]!.with.sampled,
      fooled: rounds[0]!.with.fooled,
      'events/s without': median(rounds.map((round) => rate(round.without))),
      'events/s with': median(rounds.map((round) => rate(round.with))),
      'ratio (median of rounds)': Number(
        median(rounds.map((round) => round.without.seconds / round.with.seconds)).toFixed(3),
      ),
      'same main results': rounds.every((round) => round.with.resultHash === round.without.resultHash),
    },
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
