import { describe, expect, it } from 'vitest';
import {
  fillBook,
  mergeBook,
  openBook,
  settleBook,
  type BookRows,
  type Entry,
} from '../../../operators/summaries/book.js';
import { encodeState } from '../../../operators/summaries/codec.js';
import { histogram, type Bins } from '../../../operators/summaries/histogram.js';
import { reference } from './reference.js';
import { filled } from './rows.js';

const bins: Bins = [8, -2, 2];
const entries: Entry[] = [
  { key: 'all', summary: 'count', config: { groups: 1, weighted: true }, columns: [], group: null, weighted: true },
  {
    key: 'x',
    summary: 'histogram',
    config: { bins, groups: 3, weighted: true },
    columns: ['x'],
    group: 'g',
    weighted: true,
  },
  {
    key: 'y',
    summary: 'moments',
    config: { groups: 1, weighted: false, wide: true },
    columns: ['y'],
    group: null,
    weighted: false,
  },
];

function rows(from: number, to: number): BookRows {
  return {
    length: to - from,
    columns: new Map((['x', 'y'] as const).map((name) => [name, Float64Array.from(reference[name].slice(from, to))])),
    groups: new Map([['g', Uint16Array.from(reference.group.slice(from, to))]]),
    weight: Float64Array.from(reference.w.slice(from, to)),
  };
}

function book(from: number, to: number) {
  const made = openBook(entries);
  fillBook(made, entries, rows(from, to));
  return made;
}

describe('book', () => {
  it('fills each summary from its columns, group and weight', () => {
    const whole = book(0, 400);
    settleBook(whole);
    const { x, group, w } = reference;
    expect(whole['x']).toEqual({
      summary: 'histogram',
      state: filled(histogram, { bins, groups: 3, weighted: true }, { columns: [x], group, weight: w }),
    });
    expect(whole['y']!.state).toMatchObject({ w: null, n: Float64Array.of(400) });
  });

  it('merges and settles every entry', () => {
    const [whole, first, second] = [book(0, 400), book(0, 123), book(123, 400)];
    mergeBook(second, first);
    settleBook(second);
    settleBook(whole);
    expect(Buffer.from(encodeState(second)).equals(Buffer.from(encodeState(whole)))).toBe(true);
  });

  it('refuses an entry with a wrong number of columns', () => {
    expect(() => openBook([{ ...entries[1]!, columns: [] }])).toThrow('x: histogram reads 1 columns');
  });
});
