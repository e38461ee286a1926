import { expect, test } from 'vitest';
import { family, withError } from '../../../sinks/prometheus/family.js';

test('a value and its error are two families of the same labels; what is not there has neither', () => {
  const rows = [
    [{ regime: '0' }, { value: 0.5, error: null }],
    [{ regime: '1' }, undefined],
  ] as const;
  expect(withError('locality_pull_mean', rows)).toEqual([
    {
      name: 'locality_pull_mean',
      rows: [
        [{ regime: '0' }, 0.5],
        [{ regime: '1' }, undefined],
      ],
    },
    {
      name: 'locality_pull_mean_error',
      rows: [
        [{ regime: '0' }, null],
        [{ regime: '1' }, undefined],
      ],
    },
  ]);
});

test('a metric or a label that schemas/metrics.ts has not is an error of types', () => {
  // @ts-expect-error no such metric
  family('colour', []);
  // @ts-expect-error without its label
  family('quality', [[{}, 1]]);
  // @ts-expect-error without an error beside it
  withError('quality', []);
  expect(family('quality', [[{ regime: '0' }, 1]]).name).toBe('quality');
});
