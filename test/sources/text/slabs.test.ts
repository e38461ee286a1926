import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, nextLine } from '../../../sources/text/lines.js';
import { slabs } from '../../../sources/text/slabs.js';
import { scratch } from '../../support/scratch.js';

const path = join(scratch(), 'lines.csv');

test('any size of the chunks that are read gives the same lines, of the same numbers', async () => {
  const line = fc.stringMatching(/^[a-zé,"0-9]{0,12}\r?$/);
  const text = fc.tuple(fc.constantFrom('', '\uFEFF'), fc.array(line), fc.constantFrom('', '\n'));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 3, max: 40 }), async ([mark, lines, end], chunkBytes) => {
      const whole = lines.join('\n') + end;
      writeFileSync(path, mark + whole);
      const read: string[] = [];
      let before = 0;
      for await (const slab of slabs(path, undefined, chunkBytes)) {
        expect(slab.line).toBe(before + 1);
        before += slab.bytes.toString().split('\n').length - 1;
        const place = linesOf(slab.bytes);
        while (nextLine(place)) read.push(slab.bytes.toString('utf8', place.from, place.to));
      }
      const expected = whole.split('\n').map((each) => each.replace(/\r$/, ''));
      expect(read).toEqual(expected.filter((each) => each !== ''));
    }),
    { numRuns: 300 },
  );
});
