import { digits, inverse, shown } from '../spread.js';
import { prepared, references } from '../chain/field.js';
import type { Precision } from '../chain/compare.js';
import { measure } from '../chain/measure.js';
import { peerNamed, PEERS } from '../chain/peers.js';
import { BYTES } from '../chain/table.js';
import { Problem } from '../../operators/problem.js';
import type { Outcome, Task } from './outcome.js';

/** What a peer is compared with: the same in its precision. */
const OURS = { f64: 'compiled', f32: 'compiled_f32' } as const;

/** The chain of formulas, regimes and summaries in memory, by this program and by its peers (bench/chain). */
export async function chainPart(task: Task): Promise<Outcome> {
  const folder = await task.columns();
  const { runners, skipped } = prepared(PEERS, folder);
  const ours = (precision: Precision) => prepared([peerNamed('chain', OURS[precision])], folder).runners[0]!;
  const reference = references(folder);
  const settings = {
    ...{ folder, events: task.chainEvents, rounds: task.rounds },
    seconds: 'clock' as const,
    repetitions: task.quick ? 1 : 3,
  };
  const rows = runners.map((peer) =>
    measure(peer, ours(peer.precision), settings, reference, (name, round) => {
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
      row.peer === OURS[row.precision] ? '' : shown(inverse(row.ratio)),
      digits((row.eventsPerSecond * BYTES) / 1e9),
      row.megabytes === null ? '' : String(Math.round(row.megabytes)),
      String(row.moved),
    ]),
    notes: [
      'Each run a process of its own, in turns with regimewatch in the same precision (A B A B …), median of pairs; GB/s: bytes of the columns that went by; moved: events that rounding put into another bin than the reference has them in.',
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
