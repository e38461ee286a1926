import { expect, test } from 'vitest';
import type { Measured } from '../../../bench/chain/measure.js';
import { chainTable, roofline } from '../../../bench/chain/table.js';

const row: Measured = {
  ...{ peer: 'cpp', program: 'g++', precision: 'f32', events: 4_194_304, eventsPerSecond: 50e6 },
  ...{ ratio: { median: 0.0123, low: 0.01, high: 12.345 }, megabytes: 201.4, seconds: [], processorSeconds: [] },
  ...{ memoryGigabytesPerSecond: 24, moved: 17, sumsDiffer: 1e-9, wrong: null },
};

test('aligned, with the bytes of the columns a second: 48 an event', () => {
  expect(chainTable([row, { ...row, peer: 'c', megabytes: null, wrong: 'mass: …' }]).split('\n')).toEqual([
    'peer  program  type     events    events/s  ratio   from     to  GB/s  peak MB  moved',
    'cpp   g++      f32   4,194,304  50,000,000  0.012  0.010  12.35   2.4      201     17',
    'c     g++      f32   4,194,304  50,000,000  0.012  0.010  12.35   2.4           wrong',
  ]);
});

test('roofline: the bandwidth by the bytes of an event', () => {
  expect(roofline([row])).toBe('memory: 24.0 GB/s read by one core; at 48 bytes an event, 500 M events/s at most');
  expect(roofline([{ ...row, memoryGigabytesPerSecond: null }])).toBeNull();
});
