import type { EventRecord } from './event.js';
import { readNumber } from './number.js';
import { nextTag } from './tag.js';

/**
 * Where the numbers that only some files carry go: name → index in the row of the event.
 * `attributes` are those of the event tag, `reweights` those of <rwgt> by id, `weights` those of <weights> by position.
 */
export interface Extras {
  readonly attributes: ReadonlyMap<string, number>;
  readonly reweights: ReadonlyMap<string, number>;
  readonly weights: ReadonlyMap<string, number>;
}

/** Fills `row` with the event's extra numbers; what the event has not, or what is no number, is NaN. */
export function readExtras(
  b: Buffer,
  start: number,
  end: number,
  event: EventRecord,
  extras: Extras,
  row: Float64Array,
): void {
  for (const places of [extras.attributes, extras.reweights, extras.weights]) {
    for (const place of places.values()) row[place] = NaN;
  }
  if (extras.attributes.size > 0) {
    eachAttribute(b, start, event.body - 1, (name, from, to) => {
      const place = extras.attributes.get(name);
      if (place !== undefined) row[place] = readNumber(b, from, to);
    });
  }
  if (extras.reweights.size + extras.weights.size === 0) return;
  eachWeight(b, event.tail, end, (id, position, from, to) => {
    const place = id === undefined ? extras.weights.get(String(position)) : extras.reweights.get(id);
    if (place !== undefined) row[place] = readNumber(b, from, to);
  });
}

/** Calls `use(name, from, to)` for each name="value" of the tag in [start, end); the value is [from, to). */
export function eachAttribute(
  b: Buffer,
  start: number,
  end: number,
  use: (name: string, from: number, to: number) => void,
): void {
  let i = start;
  while (i < end && b[i]! > 32) i++;
  for (;;) {
    while (i < end && b[i]! <= 32) i++;
    const from = i;
    while (i < end && b[i]! > 32 && b[i] !== 61) i++;
    const to = i;
    while (i < end && b[i]! <= 32) i++;
    if (i >= end || b[i] !== 61) return;
    do i++;
    while (i < end && b[i]! <= 32);
    const quote = b[i]!;
    if (quote !== 34 && quote !== 39) return;
    const close = b.indexOf(quote, i + 1);
    if (close < 0 || close > end) return;
    use(b.toString('utf8', from, to), i + 1, close);
    i = close + 1;
  }
}

/** Calls `use(id, position, from, to)` for each <wgt id="…"> of <rwgt> (position -1) and each number of <weights>. */
export function eachWeight(
  b: Buffer,
  start: number,
  end: number,
  use: (id: string | undefined, position: number, from: number, to: number) => void,
): void {
  for (let at = nextTag(b, start, end); at < end; at = nextTag(b, at + 1, end)) {
    if (b[at + 1] !== 119) continue;
    const close = b.indexOf(62, at);
    if (close < 0 || close >= end) return;
    const until = nextTag(b, close + 1, end);
    if (named(b, at, 'wgt')) {
      eachAttribute(b, at, close, (name, from, to) => {
        if (name === 'id') use(b.toString('utf8', from, to).trim(), -1, close + 1, until);
      });
    } else if (named(b, at, 'weights')) {
      let i = close + 1;
      for (let position = 0; ; position++) {
        while (i < until && b[i]! <= 32) i++;
        if (i === until) break;
        const from = i;
        while (i < until && b[i]! > 32) i++;
        use(undefined, position, from, i);
      }
    }
  }
}

/** True if the tag at `at` has this name. */
function named(b: Buffer, at: number, name: string): boolean {
  for (let k = 0; k < name.length; k++) if (b[at + 1 + k] !== name.charCodeAt(k)) return false;
  const c = b[at + 1 + name.length]!;
  return c <= 32 || c === 62;
}
