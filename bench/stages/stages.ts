import { fileURLToPath } from 'node:url';
import { NODE, runProgram } from '../child_run.js';
import { median } from '../live/statistics.js';
import { digits, ratiosOf, shown } from '../spread.js';
import type { Outcome, Task } from '../parts/outcome.js';

/** What a process of one stage prints: events/s of each turn. */
export interface StageLine {
  readonly stage: string;
  readonly rounds: readonly { readonly naive: number; readonly ours: number }[];
  readonly megabytes: number;
}

/** Columns that a stage reads and writes, bytes an event: singles are 4, doubles 8, regimes 2. */
const STAGES = {
  formulas: { what: 'formulas: two masses, δ, H_T, |Δη|', bytes: 12 * 4 + 4 * 8 },
  regimes: { what: 'regimes: nearest of four centroids', bytes: 2 * 8 + 2 + 8 },
  summaries: { what: 'summaries: two histograms, plane, exact sums', bytes: 4 * 8 + 2 },
  chain: { what: 'whole chain in one loop', bytes: 12 * 4 },
} as const;

/** Each stage of the chain in memory beside a naive loop in JavaScript, in turns within a process of its own. */
export async function stagesPart(task: Task): Promise<Outcome> {
  const folder = await task.columns();
  const program = fileURLToPath(new URL('one_stage.js', import.meta.url));
  const turns = task.quick ? 3 : 3 * task.rounds;
  const lines = Object.keys(STAGES).map((stage) => {
    task.onRun(`stage ${stage}`);
    const args = [stage, folder, String(task.chainEvents), String(turns)];
    return runProgram<StageLine>({ name: stage, command: [...NODE, program, ...args] });
  });
  const rows = lines.map(({ stage, rounds, megabytes }) => {
    const { what, bytes } = STAGES[stage as keyof typeof STAGES];
    const [ours, naive] = [rounds.map((round) => round.ours), rounds.map((round) => round.naive)];
    const rates = [ours, naive].map((each) => digits(median(each)));
    return [what, ...rates, shown(ratiosOf(ours, naive)), String(bytes), String(Math.round(megabytes))];
  });
  const table = {
    title: 'Stages in memory',
    head: ['stage', 'events/s', 'naive loop', 'ratio', 'bytes an event', 'peak MB'],
    ...{ words: 1, rows },
    notes: [
      `${task.chainEvents.toLocaleString('en')} events in batches of 8,192, one core. Formulas are written to columns here, which the whole chain does without. Regimes and summaries read the same batch again and again: it stays in the cache. The naive loop sums in plain doubles, which gives other bits in another order. Peak memory includes the columns.`,
    ],
  };
  return { tables: [table], findings: {}, left: [], rounds: lines };
}
