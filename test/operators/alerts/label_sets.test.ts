import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dropLabels, keepLabels, labelKey, matchedLabels } from '../../../operators/alerts/label_sets.js';

const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.string({ maxLength: 2 }));

test('equal labels, equal keys, in any order; a label of no text is no label', () => {
  fc.assert(
    fc.property(labels, labels, (one, other) => {
      const known = ({ ...set }: Record<string, string>) =>
        JSON.stringify(
          Object.entries(set)
            .filter(([, text]) => text !== '')
            .sort(),
        );
      expect(labelKey(one) === labelKey(other)).toBe(known(one) === known(other));
      expect(labelKey(Object.fromEntries(Object.entries(one).reverse()))).toBe(labelKey(one));
    }),
  );
});

test('on keeps, ignoring drops; by default all are compared', () => {
  const set = { a: '1', b: '2', c: '' };
  expect(keepLabels(set, ['a', 'c', 'z'])).toEqual({ a: '1' });
  expect(dropLabels(set, ['a'])).toEqual({ b: '2', c: '' });
  expect(matchedLabels(set, { on: ['b'] })).toEqual({ b: '2' });
  expect(matchedLabels(set, { ignoring: ['b'] })).toEqual({ a: '1', c: '' });
  expect(matchedLabels(set)).toEqual(set);
});
