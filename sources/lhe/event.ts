import { readNumbers } from './number.js';

/** Numbers on an event's first line: NUP IDPRUP XWGTUP SCALUP AQEDUP AQCDUP. */
export const HEAD_FIELDS = 6;
/** Numbers on a particle's line: IDUP ISTUP MOTHUP(2) ICOLUP(2) PUP(5) VTIMUP SPINUP. */
export const PARTICLE_FIELDS = 13;
const INTEGER_FIELDS = 6;
const MAX_PARTICLES = 10_000;

/** One event as numbers, refilled by every `readEvent`. Field j of particle k is `particles[13 k + j]`. */
export interface EventRecord {
  readonly head: Float64Array;
  particles: Float64Array;
  count: number;
  /** Index of the first byte after the event tag, and after the last particle. */
  body: number;
  tail: number;
}

export function newEventRecord(): EventRecord {
  const particles = new Float64Array(32 * PARTICLE_FIELDS);
  return { head: new Float64Array(HEAD_FIELDS), particles, count: 0, body: 0, tail: 0 };
}

/**
 * Reads the event whose tag begins at `start` and whose end tag begins at `end`, as the Les Houches accord lays it out
 * (hep-ph/0609017). Blank lines, '#' lines and comments may stand between the lines.
 * False if it is malformed: a line with fewer or more numbers, something that is no finite number, a code that is no
 * 32-bit integer, NUP not in 0..10000 or not the number of particle lines.
 */
export function readEvent(b: Buffer, start: number, end: number, event: EventRecord): boolean {
  const body = b.indexOf(62, start) + 1;
  event.body = body;
  if (body === 0 || body > end) return false;
  const { head } = event;
  let i = readNumbers(b, skip(b, body, end), head, 0, HEAD_FIELDS);
  if (i < 0 || !endsLine(b[i]!)) return false;
  const count = head[0]!;
  if (count < 0 || count > MAX_PARTICLES || Math.floor(count) !== count) return false;
  if (count * PARTICLE_FIELDS > event.particles.length) {
    event.particles = new Float64Array(2 * count * PARTICLE_FIELDS);
  }
  const { particles } = event;
  for (let at = 0; at < count * PARTICLE_FIELDS; at += PARTICLE_FIELDS) {
    i = readNumbers(b, skip(b, i, end), particles, at, PARTICLE_FIELDS);
    if (i < 0 || !endsLine(b[i]!)) return false;
    for (let j = at; j < at + INTEGER_FIELDS; j++) if (particles[j] !== (particles[j]! | 0)) return false;
  }
  i = skip(b, i, end);
  event.count = count;
  event.tail = i;
  const c = b[i]!;
  return !((c >= 48 && c <= 57) || c === 45 || c === 43 || c === 46);
}

const endsLine = (c: number): boolean => c === 10 || c === 13 || c === 35 || c === 60;

/** The first byte from `from` on that is not in a blank, a '#' line or a comment; at most `end`. */
function skip(b: Buffer, from: number, end: number): number {
  let i = from;
  for (;;) {
    while (i < end && b[i]! <= 32) i++;
    if (i >= end) return end;
    if (b[i] === 35) {
      while (i < end && b[i] !== 10 && b[i] !== 13) i++;
    } else if (b[i] === 60 && b[i + 1] === 33 && b[i + 2] === 45) {
      i = b.indexOf('-->', i + 4, 'latin1') + 3;
    } else return i;
  }
}
