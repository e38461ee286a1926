const LESS = 60;

/** The tags that matter for finding events; 'other' is any other '<', 'more' one that the end of the bytes cuts. */
export type Tag = 'event' | '/event' | 'header' | '/header' | 'root' | '/root' | 'comment' | 'cdata' | 'other' | 'more';

const WORDS: readonly (readonly [Tag, string, Uint8Array])[] = (
  [
    ['comment', '<!--'],
    ['cdata', '<![CDATA['],
    ['event', '<event'],
    ['/event', '</event'],
    ['header', '<header'],
    ['/header', '</header'],
    ['root', '<LesHouchesEvents'],
    ['/root', '</LesHouchesEvents'],
  ] as const
).map(([tag, text]) => [tag, text, Buffer.from(text, 'latin1')]);

/** The byte after '<', or after '</', with which a word begins, → the words to try. */
const BY_START = new Map<number, typeof WORDS>();
for (const entry of WORDS) {
  const start = key(entry[2], 0);
  BY_START.set(start, [...(BY_START.get(start) ?? []), entry]);
}

function key(b: Uint8Array, at: number): number {
  return b[at + 1] === 47 ? 256 + b[at + 2]! : b[at + 1]!;
}

/** Which tag begins with the '<' at `at`; bytes from `end` on do not count. */
export function tagAt(b: Buffer, at: number, end: number): Tag {
  if (at + 3 > end) return 'more';
  const words = BY_START.get(key(b, at));
  if (words === undefined) return 'other';
  for (const [tag, , bytes] of words) {
    const { length } = bytes;
    let i = 1;
    while (i < length && at + i < end && b[at + i] === bytes[i]) i++;
    if (at + i === end) return 'more';
    if (i === length && (b[at + 1] === 33 || endsName(b[at + length]!))) return tag;
  }
  return 'other';
}

/** True for what may follow a tag's name: a blank, a line end, '>' or '/'. */
const endsName = (c: number): boolean => c <= 32 || c === 62 || c === 47;

/** Index of the next '<' in [from, end), else `end`. Most gaps are short, where a loop beats the call of `indexOf`. */
export function nextLess(b: Buffer, from: number, end: number): number {
  const near = Math.min(from + 48, end);
  for (let i = from; i < near; i++) if (b[i] === LESS) return i;
  if (near === end) return end;
  const found = b.indexOf(LESS, near);
  return found < 0 || found > end ? end : found;
}

/** Index of the next tag in [from, end) that is not in a comment or CDATA section, else `end`. */
export function nextTag(b: Buffer, from: number, end: number): number {
  let i = from;
  for (;;) {
    i = nextLess(b, i, end);
    if (i === end || b[i + 1] !== 33) return i;
    const tag = tagAt(b, i, end);
    if (tag !== 'comment' && tag !== 'cdata') return i;
    i = b.indexOf(tag === 'comment' ? '-->' : ']]>', i + 4, 'latin1') + 3;
    if (i < 3 || i > end) return end;
  }
}
