import { expect, test } from 'vitest';
import { measure, type Runner } from '../../../bench/chain/measure.js';
import { reference } from './reference.js';

/** A program that says what a peer would. */
const saying = (name: string, seconds: readonly number[], more: object = {}): Runner => {
  const { events, counts, sums } = reference;
  const processorSeconds = seconds.map((x) => x / 2);
  const line = { events, seconds, processorSeconds, megabytes: 7, counts, sums, ...more };
  const script = `console.log(${JSON.stringify(JSON.stringify(line))})`;
  return {
    ...{ name, program: name, precision: 'f64', prepare: () => ({ missing: '' }) },
    command: [process.execPath, '-e', script, '--'],
  };
};
const settings = { folder: '.', events: reference.events, rounds: 3, repetitions: 3, seconds: 'clock' } as const;
const always = () => reference;

test('rates by the median repetition, ratios by pair; each round is told', () => {
  const told: [string, number][] = [];
  const found = measure(saying('own', [9, 0.5, 0.1]), saying('base', [2, 2, 2]), settings, always, (peer, round) => {
    told.push([peer, round]);
  });
  expect(found).toMatchObject({ peer: 'own', events: 20_000, eventsPerSecond: 40_000, megabytes: 7, moved: 0 });
  expect(found.ratio).toEqual({ median: 4, low: 4, high: 4 });
  expect(found.seconds).toEqual(Array(3).fill([9, 0.5, 0.1]));
  expect([found.wrong, found.memoryGigabytesPerSecond]).toEqual([null, null]);
  expect(told).toEqual([0, 1, 2].map((round) => ['own', round]));
});

test("by the processor's seconds, if asked", () => {
  const own = saying('own', [1], { processorSeconds: [0.25], gigabytesPerSecond: 12 });
  const found = measure(own, saying('base', [1]), { ...settings, seconds: 'processor' }, always, () => undefined);
  expect(found).toMatchObject({ eventsPerSecond: 80_000, ratio: { median: 2 }, memoryGigabytesPerSecond: 12 });
});

test('the baseline is not run beside itself', () => {
  const base = saying('base', [1]);
  const { ratio } = measure(base, base, { ...settings, rounds: 1 }, always, () => undefined);
  expect(ratio).toEqual({ median: 1, low: 1, high: 1 });
});

test('numbers that are wrong are said', () => {
  const own = saying('own', [1], { counts: { ...reference.counts, regime: [20_000, 0, 0, 0] } });
  expect(measure(own, own, { ...settings, rounds: 1 }, always, () => undefined).wrong).toMatch(
    /^regime: \d+ events in another bin/,
  );
});

test('a peer that fails is named, with what it said', () => {
  const failing = { ...saying('own', [1]), command: [process.execPath, '-e', "throw new Error('no room')", '--'] };
  expect(() => measure(failing, failing, settings, always, () => undefined)).toThrow(
    'peer own: ended with 1: Error: no room',
  );
  const absent = { ...failing, command: ['/nowhere/peer'] };
  expect(() => measure(absent, absent, settings, always, () => undefined)).toThrow(
    'peer own: spawnSync /nowhere/peer ENOENT',
  );
});
