import { digits, inverse, shown } from '../spread.js';
import { prepared, references } from '../chain/field.js';
import { measure } from '../chain/measure.js';
import { peerNamed, PEERS } from '../chain/peers.js';
import { BYTES } from '../chain/table.js';
import { Problem } from '../../operators/problem.js';
import type { Outcome, Task } from './outcome.js';

const OURS = 'compiled';

/** The chain of formulas, regimes and summaries in memory, by this program and by its peers (bench/chain). */
export async function chainPart(task: Task): Promise<Outcome> {
  const folder = await task.columns();
  const { runners, skipped } = prepared(PEERS, folder);
  const [ours] = prepared([peerNamed('chain', OURS)], folder).runners;
  const reference = references(folder);
  const settings = {
    ...{ folder, events: task.chainEvents, rounds: task.rounds },
    seconds: 'clock' as const,
    repetitions: task.quick ? 1 : 3,
  };
  const rows = runners.map((peer) =>
    measure(peer, ours!, settings, reference, (name, round) => {
      task.onRun(`${name}: round ${round + 1} of ${task.rounds}`);
    }),
  );
  for (const { peer, wrong } of rows) if (wrong !== null) throw new Problem(1, `peer ${peer}: ${wrong}`);
  const table = {
    title: 'The chain in memory',
    head: ['program', 'type', 'events', 'events/s', 'regimewatch is × of it', 'GB/s', 'peak MB', 'moved'],
    words: 2,
    rows: rows.map((row) => [
      ...[row.program, row.precision, row.events.toLocaleString('en'), digits(row.eventsPerSecond)],
      row.peer === OURS ? '' : shown(inverse(row.ratio)),
      digits((row.eventsPerSecond * BYTES) / 1e9),
      row.megabytes === null ? '' : String(Math.round(row.megabytes)),
      String(row.moved),
    ]),
    notes: [
      'Each run a process of its own, in turns with regimewatch (A B A B …), median of pairs; GB/s: bytes of the columns that went by; moved: events that rounding put into another bin than the reference has them in.',
    ],
  };
  return {
    tables: [table],
    findings: Object.fromEntries(rows.map((row) => [`chain/${row.peer}`, inverse(row.ratio)])),
    left: [
      ...skipped.map(({ peer, reason }) => `chain beside ${peer}: ${reason}`),
      'chain beside Flink, chained and keyed: no Flink job comes with this bench, so that nothing is compared with it',
    ],
    rounds: rows,
  };
}
