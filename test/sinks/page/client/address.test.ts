import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOME, readAddress, TABS, writeAddress, type Address } from '../../../../sinks/page/client/address.js';

const span = fc.tuple(fc.nat(1e9), fc.nat(1e9)).map(([a, b]) => ({ first: Math.min(a, b), to: Math.max(a, b) }));
const address: fc.Arbitrary<Address> = fc.record({
  tab: fc.constantFrom(...TABS),
  range: fc.oneof(span, fc.record({ last: fc.integer({ min: 1, max: 1e6 }) })),
  against: fc.oneof(span, fc.constantFrom('set' as const, 'learned' as const)),
  regime: fc.option(fc.nat(99)),
  stage: fc.constantFrom('raw', 'corrected'),
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(address, (view) => {
      expect(readAddress(writeAddress(view))).toEqual(view);
    }),
  );
});

test('home has no hash; a view that was sent reads as words', () => {
  expect(writeAddress(HOME)).toBe('');
  expect(writeAddress({ ...HOME, tab: 'context', range: { first: 12, to: 20 }, regime: 3, stage: 'raw' })).toBe(
    '#tab=context&windows=12-20&regime=3&stage=raw',
  );
  expect(writeAddress({ ...HOME, against: 'learned' })).toBe('#against=learned');
  expect(writeAddress({ ...HOME, against: { first: 3, to: 12 } })).toBe('#against=3-12');
});

test.each(['', '#', '#tab=nothing&windows=&regime=-1&stage=x', '#windows=last0x', '#against=5', '#%%%', '#regime=1e9'])(
  'what is misspelt in %s is as at home',
  (hash) => {
    expect(readAddress(hash)).toEqual(HOME);
  },
);

test('ends of a range in either order', () => {
  expect(readAddress('#windows=20-12').range).toEqual({ first: 12, to: 20 });
});
