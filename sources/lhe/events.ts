import type { Batch } from '../../operators/batch.js';
import { wrongSample } from '../../operators/problem.js';
import { asinh } from '../../operators/expressions/math/asinh.js';
import { atan2 } from '../../operators/expressions/math/atan2.js';
import { gzipProblem, type ByteStream } from './bytes.js';
import { EVENT, FLAVOUR, LEPTON, planColumns } from './columns.js';
import { chooseDilepton, NO_PAIR } from './dilepton.js';
import { newEventRecord, PARTICLE_FIELDS, readEvent, type EventRecord } from './event.js';
import { readExtras } from './extras.js';
import { endsInEvent, feed, inEvent, newFramer, nextEvent, type Framer } from './framer.js';
import { append, newTable, reject, takeBatch } from './table.js';

export const MALFORMED = 'malformed event';
const ALONG_BEAM = 'lepton along the beam';
const CUT_OFF = 'file ends inside the event';
const GZIP_ENDS = 'gzip stream ends early';

/** What `readBatches` needs of a stream of bytes; any cutting into pieces gives the same batches. */
export type Pieces = Pick<ByteStream, 'endsEarly'> & { readonly pieces: AsyncIterable<Uint8Array> };

/** The batches of `batchEvents` events, of the columns asked for. `framer` is given by tests that watch its memory. */
export async function* readBatches(
  name: string,
  bytes: Pieces,
  columns: readonly string[],
  batchEvents: number,
  framer: Framer = newFramer(name),
): AsyncGenerator<Batch> {
  const plan = planColumns(columns);
  const table = newTable(plan, batchEvents);
  const event = newEventRecord();
  const row = new Float64Array(plan.width);
  const pair = { positive: 0, negative: 0 };
  const withExtras = plan.attributes.size + plan.reweights.size + plan.weights.size > 0;

  /** Why the event that the framer found is turned away; undefined if it was appended. */
  function take(): string | undefined {
    const { buffer, eventStart, eventEnd } = framer;
    if (!readEvent(buffer, eventStart, eventEnd, event)) return MALFORMED;
    row.set(event.head);
    row[EVENT] = table.position;
    if (plan.pair) {
      if (!chooseDilepton(event, pair)) return NO_PAIR;
      if (!fillLepton(event, pair.positive, row, LEPTON[0]) || !fillLepton(event, pair.negative, row, LEPTON[1])) {
        return ALONG_BEAM;
      }
      row[FLAVOUR] = event.particles[pair.negative * PARTICLE_FIELDS]!;
    }
    if (withExtras) readExtras(buffer, eventStart, eventEnd, event, plan, row);
    append(table, row, event);
    return undefined;
  }

  const last = function* (): Generator<Batch> {
    const batch = takeBatch(table);
    if (batch !== undefined) yield batch;
  };
  try {
    for await (const piece of bytes.pieces) {
      feed(framer, piece);
      for (let found = nextEvent(framer); found !== 'more'; found = nextEvent(framer)) {
        const reason = found === 'event' ? take() : MALFORMED;
        if (reason !== undefined) reject(table, reason);
        else if (table.length === batchEvents) yield* last();
      }
    }
    if (bytes.endsEarly) {
      if (table.position === 0 && !inEvent(framer)) {
        throw wrongSample(`${name}: the gzip stream ends before the first event; fetch the file again`);
      }
      reject(table, GZIP_ENDS);
    } else if (endsInEvent(framer)) reject(table, CUT_OFF);
  } catch (thrown) {
    yield* last();
    throw gzipProblem(name, thrown, table.position);
  }
  yield* last();
}

/** Writes pT [GeV], η = asinh(pz / pT) and φ = atan2(py, px) [rad] of the particle to row[at ..]; false if pT is 0. */
function fillLepton(event: EventRecord, particle: number, row: Float64Array, at: number): boolean {
  const from = particle * PARTICLE_FIELDS;
  const px = event.particles[from + 6]!;
  const py = event.particles[from + 7]!;
  const pt = Math.sqrt(px * px + py * py);
  row[at] = pt;
  row[at + 1] = asinh(event.particles[from + 8]! / pt);
  row[at + 2] = atan2(py, px);
  return pt > 0;
}
