import type { ColumnInfo, SampleInfo } from '../source.js';
import { gzipProblem, openBytes } from './bytes.js';
import { FIXED_LISTS, FIXED_SCALARS } from './columns.js';
import { newEventRecord, readEvent } from './event.js';
import { eachAttribute, eachWeight } from './extras.js';
import { endsInEvent, feed, newFramer, nextEvent } from './framer.js';
import { readNumber } from './number.js';

/** So many events are looked at for attributes and weights. */
const LOOK_AT = 100;

/** The fixed columns, and the attributes and weights that the header declares or the first hundred events carry. */
export async function describeLhe(path: string): Promise<SampleInfo> {
  const names = new Set<string>();
  const framer = newFramer(path);
  const event = newEventRecord();
  const header: Buffer[] = [];
  let events = 0;
  const bytes = openBytes(path);
  try {
    for await (const piece of bytes.pieces) {
      if (events === 0) header.push(piece);
      feed(framer, piece);
      for (let found = nextEvent(framer); found !== 'more' && events < LOOK_AT; found = nextEvent(framer)) {
        const { buffer, base, eventStart, eventEnd } = framer;
        if (events++ === 0) for (const id of declaredWeights(Buffer.concat(header), base + eventStart)) names.add(id);
        if (found === 'cut' || !readEvent(buffer, eventStart, eventEnd, event)) continue;
        eachAttribute(buffer, eventStart, event.body - 1, (name, from, to) => {
          if (!Number.isNaN(readNumber(buffer, from, to))) names.add(`attr_${name}`);
        });
        eachWeight(buffer, event.tail, eventEnd, (id, position) => {
          names.add(id === undefined ? `weights_${position}` : `rwgt_${id}`);
        });
      }
      if (events >= LOOK_AT) break;
    }
    if (events < LOOK_AT && !bytes.endsEarly) endsInEvent(framer);
  } catch (thrown) {
    throw gzipProblem(path, thrown, events);
  }
  const info =
    (list: boolean) =>
    (name: string): ColumnInfo => ({ name, list });
  const columns = [...[...FIXED_SCALARS, ...names].map(info(false)), ...FIXED_LISTS.map(info(true))];
  return { columns, fixed: true };
}

/** Columns of the ids in <weight id="…"> of the header, which ends at byte `end`. */
function declaredWeights(start: Buffer, end: number): string[] {
  const text = start.toString('utf8', 0, end).replace(/<!--.*?-->|<!\[CDATA\[.*?\]\]>/gs, '');
  return Array.from(
    text.matchAll(/<weight\s(?:[^>]*\s)?id\s*=\s*(["'])(.*?)\1/gs),
    ([, , id]) => `rwgt_${(id ?? '').trim()}`,
  );
}
