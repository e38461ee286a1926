import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WINDOW } from '../../runtime/pipeline_plan.js';
import { NO_WINDOW, numberColumn, windowColumns, windowNumbers } from '../../runtime/window.js';
import { baseBatch, basePipeline, defineBase } from '../support/stage.js';

const pipeline = (window: string) => basePipeline(`window=${window}`).pipeline;
function numbers(window: string, columns: Record<string, number[]>, number: number[] = []): number[] {
  const length = Math.max(number.length, ...Object.values(columns).map((x) => x.length));
  const out = new Float64Array(length);
  const given = new Map(Object.entries(columns).map(([name, x]) => [name, Float64Array.from(x)]));
  windowNumbers(pipeline(window))!(given, Float64Array.from(number), length, out);
  return [...out];
}

describe('the window of an event', () => {
  test('by its number', () => {
    expect(numbers('{ events: 1000 }', {}, [0, 999, 1000, 1e9, -1])).toEqual([0, 0, 1, 1e6, -1]);
  });

  test('by its time', () => {
    expect(numbers('{ time: event, seconds: 60 }', { event: [0, 59.9, 60, 1.7e9, -0.5] })).toEqual([
      0, 0, 1, 28333333, -1,
    ]);
    expect(numbers('{ time: event, seconds: 0.5 }', { event: [0.4, 0.5, 7] })).toEqual([0, 1, 14]);
  });

  test('by one column or two, which are whole numbers from 0 to 2^26 − 1', () => {
    expect(numbers('{ by: [event] }', { event: [7, 0, 2 ** 26 - 1, 2 ** 26, -1, 0.5, NaN] })).toEqual([
      7,
      0,
      67108863,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    const run = [1, 1, 2, 1, 1.5, -1, 2 ** 26 - 1];
    const lumi = [1, 2, 1, 2 ** 26, 1, 1, 2 ** 26 - 1];
    const found = numbers('{ by: [event, w] }', { event: run, w: lumi });
    expect(found.map(Number.isNaN)).toEqual([false, false, false, true, true, true, false]);
    expect(found[6]).toBe(2 ** 52 - 1);
  });

  test('of two columns is one number a pair, which rises with the first and then the second', () => {
    const part = fc.integer({ min: 0, max: 2 ** 26 - 1 });
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const [first, second] = numbers('{ by: [event, w] }', { event: [a, c], w: [b, d] });
        expect(Math.sign(first! - second!)).toBe(Math.sign(a - c) || Math.sign(b - d));
      }),
    );
  });

  test('is asked of these columns', () => {
    expect(windowColumns(pipeline('{ events: 5 }'))).toEqual([]);
    expect(windowColumns(pipeline('{ time: w, seconds: 5 }'))).toEqual(['w']);
    expect(windowColumns(pipeline('{ by: [event, w] }'))).toEqual(['event', 'w']);
    expect(windowColumns(pipeline('none'))).toEqual([]);
    expect(windowNumbers(pipeline('none'))).toBeNull();
  });
});

test('an event is numbered by its identity where that is one column, else by its position', () => {
  expect(numberColumn(['event'])).toBe('event');
  expect([numberColumn(['position']), numberColumn(['sample']), numberColumn(['run', 'event'])]).toEqual([
    null,
    null,
    null,
  ]);
  const window = (...overrides: string[]) => [
    ...defineBase({ ...baseBatch(4), start: 998 }, ...overrides).chunk.columns.get(WINDOW)!,
  ];
  expect(window()).toEqual([0, 0, 0, 0]);
  expect(window('identity=position')).toEqual([0, 0, 1, 1]);
  expect(window('identity=[event, w]')).toEqual([0, 0, 1, 1]);
});

describe('an event without a window is rejected, with one reason', () => {
  const define = (values: readonly number[], window: string) =>
    defineBase(baseBatch(values.length, { w: Float64Array.from(values) }), 'weight=none', `window=${window}`);

  test('not a whole number', () => {
    const { chunk, rejected } = define([1, 1.5, -1, 2 ** 26, 3], '{ by: [w] }');
    expect(rejected).toEqual({ [NO_WINDOW]: 3 });
    expect(NO_WINDOW).toBe('window: its columns are no whole numbers from 0 to 67108863');
    expect([...chunk.columns.get(WINDOW)!]).toEqual([1, 3]);
    expect(define([1, 1.5], '{ by: [event, w] }').rejected).toEqual({ [NO_WINDOW]: 1 });
  });

  test('a column that is no number is named', () => {
    expect(define([NaN, 1], '{ by: [w] }').rejected).toEqual({ 'w: not a finite number': 1 });
    expect(define([Infinity, 1], '{ time: w, seconds: 1 }').rejected).toEqual({ 'w: not a finite number': 1 });
  });

  test('a time beyond all numbers', () => {
    expect(define([1e308, 1], '{ time: w, seconds: 1.0e-9 }').rejected).toEqual({ 'window: not a finite number': 1 });
  });
});
