import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { philox } from '../../../operators/random/philox.js';

interface Vector {
  counter: string;
  key: string;
  result: string;
}
const vectors = JSON.parse(readFileSync('test/fixtures/random/philox.json', 'utf8')) as Vector[];
const words = (text: string): number[] => text.split(' ').map((word) => Number.parseInt(word, 16));

describe('philox', () => {
  it.each(vectors)('counter $counter, key $key', ({ counter, key, result }) => {
    const [c0, c1, c2, c3] = words(counter) as [number, number, number, number];
    const [k0, k1] = words(key) as [number, number];
    const out = new Uint32Array(4);
    philox(c0, c1, c2, c3, k0, k1, out);
    expect([...out]).toEqual(words(result));
  });

  it('takes its arguments modulo 2^32, signed or not', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(word, word, (counter, key) => {
        const a = new Uint32Array(4);
        const b = new Uint32Array(4);
        philox(counter, 1, 2, 3, key, 5, a);
        philox(counter | 0, 1 + 2 ** 32, 2, 3, key | 0, 5, b);
        expect(a).toEqual(b);
      }),
    );
  });

  it('changes about half of the bits when one bit of the counter or the key changes', () => {
    const base = new Uint32Array(4);
    const other = new Uint32Array(4);
    let flipped = 0;
    let cases = 0;
    for (let place = 0; place < 6; place++) {
      for (let bit = 0; bit < 32; bit++) {
        const input = [11, 22, 33, 44, 55, 66] as [number, number, number, number, number, number];
        philox(...input, base);
        input[place]! ^= 1 << bit;
        philox(...input, other);
        for (let w = 0; w < 4; w++) {
          for (let x = base[w]! ^ other[w]!; x !== 0; x &= x - 1) flipped++;
        }
        cases++;
      }
    }
    // Binomial(128 · 192, 1/2): four standard errors of the mean share.
    expect(Math.abs(flipped / (128 * cases) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / (128 * cases)));
  });
});
