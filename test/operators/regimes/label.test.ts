import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regimeLabels, type ContextWords } from '../../../operators/regimes/label.js';

const words: ContextWords[] = [
  { low: 'low H_T', high: 'high H_T', title: 'H_T' },
  { low: 'close', high: 'wide', title: '|Δη|' },
];

describe('regime labels', () => {
  it.each([
    [
      [
        [-0.6, 1.2],
        [-0.5, -0.7],
        [0.25, -0.3],
        [2.1, 0],
      ],
      ['low H_T, wide', 'low H_T, close', 'medium H_T, close', 'high H_T, medium |Δη|'],
    ],
    [
      [
        [0.5, -1],
        [3, -1.2],
      ],
      ['high H_T, close', 'very high H_T, close'],
    ],
    [
      [
        [0.5, -1],
        [9, -1.2],
        [3, -1],
      ],
      ['high H_T, close', 'very high H_T, close (2)', 'very high H_T, close (1)'],
    ],
    [
      [
        [-2, 1],
        [-0.5, 1],
      ],
      ['very low H_T, wide', 'low H_T, wide'],
    ],
    [
      [
        [0.1, 0],
        [-0.2, 0],
        [0.2, 0],
      ],
      ['medium H_T, medium |Δη| (1)', 'medium H_T, medium |Δη|', 'medium H_T, medium |Δη| (2)'],
    ],
    [[], []],
  ] as [number[][], string[]][])('of %j', (centroids, labels) => {
    expect(regimeLabels(centroids, words)).toEqual(labels);
  });

  it('are unique and in words, for any centroids', () => {
    const z = fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.constantFrom(0, 0.25, -0.25));
    fc.assert(
      fc.property(fc.array(fc.tuple(z, z), { maxLength: 12 }), (centroids) => {
        const labels = regimeLabels(centroids, words);
        expect(new Set(labels).size).toBe(centroids.length);
        for (const label of labels) {
          expect(label).toMatch(
            /^(very )?(low H_T|medium H_T|high H_T), (very )?(close|medium \|Δη\||wide)( \(\d+\))?$/,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
