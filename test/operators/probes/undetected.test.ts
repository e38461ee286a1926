import { expect, it } from 'vitest';
import { share } from '../../../operators/probes/share.js';
import { undetected } from '../../../operators/probes/undetected.js';

it('counts what is fooled and not told apart, of those right before', () => {
  const found = undetected(
    {
      before: Float64Array.of(1, 1, 1, 0, -1, NaN, 1, 2),
      after: Float64Array.of(-1, -1, 1, -1, -1, -1, NaN, -2),
      toldApart: Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0),
      group: Uint16Array.of(0, 0, 0, 0, 0, 0, 0, 2),
    },
    3,
  );
  expect(found).toEqual([
    { regime: 'all', undetected: share(3, 5) },
    { regime: 0, undetected: share(2, 4) },
    { regime: 1, undetected: share(0, 0) },
    { regime: 2, undetected: share(1, 1) },
  ]);
});
