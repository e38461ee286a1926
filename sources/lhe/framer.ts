import { wrongSample } from '../../operators/problem.js';
import { looksLike } from './looks_like.js';
import { nextLess, tagAt } from './tag.js';

/** What the bytes at `pos` belong to. */
type Mode = 'text' | 'header' | 'event' | 'comment' | 'cdata';

/** What `nextEvent` found: an event, an event whose end tag is missing, or too few bytes. */
export type Found = 'event' | 'cut' | 'more';

/**
 * The state that finds events in bytes that come in pieces: a window `buffer[0 .. end)` on the stream, whose first byte
 * has the offset `base`. The window holds the event being read and the newest piece, nothing older.
 */
export interface Framer {
  readonly name: string;
  readonly limit: number;
  buffer: Buffer;
  base: number;
  end: number;
  pos: number;
  mode: Mode;
  /** Offset in the stream where the mode began; for 'text', where its last tag began. */
  opened: number;
  /** What a comment or CDATA section stands in, and where that began. */
  outer: Mode;
  outerOpened: number;
  /** The event found: from '<' of its tag to '<' of its end tag. */
  eventStart: number;
  eventEnd: number;
  /** True once <LesHouchesEvents> was seen. */
  root: boolean;
}

/** Longest line, event, comment or header [bytes]. */
export const LIMIT = 16 * 2 ** 20;
/** <LesHouchesEvents> must begin within so many bytes. */
const ROOT_WITHIN = 2 ** 20;

export function newFramer(name: string, limit = LIMIT): Framer {
  const marks = { base: 0, end: 0, pos: 0, opened: 0, outerOpened: 0, eventStart: 0, eventEnd: 0 };
  return { name, limit, buffer: Buffer.alloc(0), ...marks, mode: 'text', outer: 'text', root: false };
}

/** Appends a piece of the stream; what is before the event being read is forgotten. */
export function feed(f: Framer, piece: Uint8Array): void {
  if (f.end + piece.length > f.buffer.length) {
    const keep = !f.root ? 0 : inEvent(f) ? f.eventStart : f.pos;
    const held = f.end - keep;
    const needed = held + piece.length;
    const target = needed > f.buffer.length ? Buffer.alloc(Math.max(2 * needed, 4096)) : f.buffer;
    f.buffer.copy(target, 0, keep, f.end);
    f.buffer = target;
    f.base += keep;
    f.pos -= keep;
    f.eventStart -= keep;
    f.end = held;
  }
  f.buffer.set(piece, f.end);
  f.end += piece.length;
}

const isHidden = (mode: Mode): boolean => mode === 'comment' || mode === 'cdata';
export const inEvent = (f: Framer): boolean => f.mode === 'event' || (isHidden(f.mode) && f.outer === 'event');

/**
 * Moves on to the end of the next event. What stands in comments and CDATA sections does not count, nor does <event>
 * inside <header>; of every other tag only its '<' is passed over.
 */
export function nextEvent(f: Framer): Found {
  const { buffer: b, end } = f;
  for (;;) {
    if (isHidden(f.mode)) {
      const close = b.indexOf(f.mode === 'comment' ? '-->' : ']]>', f.pos, 'latin1');
      if (close < 0 || close + 3 > end) return needMore(f, Math.max(f.pos, end - 2));
      f.pos = close + 3;
      enter(f, f.outer, f.outer === 'text' ? f.base + f.pos : f.outerOpened);
    }
    const at = nextLess(b, f.pos, end);
    if (at === end) return needMore(f, end);
    const tag = tagAt(b, at, end);
    f.pos = at;
    if (tag === 'more') return needMore(f, at);
    if (f.mode === 'event' && (tag === 'event' || tag === '/event' || tag === '/root')) {
      f.eventEnd = at;
      if (tag !== 'event') f.pos = at + 2;
      enter(f, 'text', f.base + at);
      return tag === '/event' ? 'event' : 'cut';
    }
    f.pos = at + (tag === 'comment' ? 4 : 1);
    if (tag === 'comment' || tag === 'cdata') {
      f.outer = f.mode;
      f.outerOpened = f.opened;
      enter(f, tag, f.base + at);
    } else if (f.mode === 'header') {
      if (tag === '/header') enter(f, 'text', f.base + at);
    } else if (f.mode === 'text') {
      if (tag === 'root') f.root = true;
      if (tag === 'event') {
        if (!f.root) throw noRoot(f);
        f.eventStart = at;
      }
      enter(f, tag === 'event' || tag === 'header' ? tag : 'text', f.base + at);
    }
  }
}

function enter(f: Framer, mode: Mode, opened: number): void {
  f.mode = mode;
  f.opened = opened;
}

function needMore(f: Framer, pos: number): 'more' {
  f.pos = pos;
  if (!f.root && f.base + pos > Math.min(ROOT_WITHIN, f.limit)) throw noRoot(f);
  const since = inEvent(f) ? f.base + f.eventStart : f.opened;
  if (f.base + pos - since > f.limit) {
    const what = f.mode === 'text' ? 'text without a tag' : f.mode === 'cdata' ? 'CDATA section' : f.mode;
    throw wrongSample(
      `${f.name}: the ${what} at byte ${since} is longer than ${f.limit} bytes; look for a missing end`,
    );
  }
  return 'more';
}

const noRoot = (f: Framer): Error =>
  wrongSample(
    `${f.name}: no <LesHouchesEvents> tag, it looks like ${looksLike(f.buffer.subarray(0, f.end))}; give an LHE file`,
  );

/** To call when the stream has ended: true if that cut an event. Throws if a header or comment hides what follows it. */
export function endsInEvent(f: Framer): boolean {
  if (!f.root) throw f.base + f.end === 0 ? wrongSample(`${f.name}: the file is empty; give an LHE file`) : noRoot(f);
  const inside = inEvent(f);
  const hides = isHidden(f.mode) && inside && f.buffer.subarray(f.opened - f.base, f.end).includes('<event');
  if (f.mode === 'header' || hides || (!inside && isHidden(f.mode))) {
    throw wrongSample(`${f.name}: the ${f.mode} that begins at byte ${f.opened} never ends; mend or complete the file`);
  }
  return inside;
}
