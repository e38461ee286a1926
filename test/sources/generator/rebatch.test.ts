import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Batch, Column } from '../../../operators/batch.js';
import { rebatch } from '../../../sources/generator/rebatch.js';

async function* batchesOf(
  cuts: readonly number[],
  column: (from: number, to: number) => Column,
): AsyncGenerator<Batch> {
  for (let i = 1; i < cuts.length; i++) {
    const [from, to] = [cuts[i - 1]!, cuts[i]!];
    yield await Promise.resolve({ start: from, length: to - from, columns: new Map([['x', column(from, to)]]) });
  }
}

it('gives the same blocks however the events arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 100 })),
      fc.integer({ min: 1, max: 120 }),
      async (inner, size) => {
        const cuts = [0, ...inner.sort((a, b) => a - b), 100];
        const column = (from: number, to: number): Column =>
          Float32Array.from({ length: to - from }, (_, i) => from + i);
        const lengths: number[] = [];
        const values: number[] = [];
        for await (const { length, columns } of rebatch(batchesOf(cuts, column), ['x'], size)) {
          lengths.push(length);
          values.push(...columns[0]!);
        }
        expect(values).toEqual(Array.from({ length: 100 }, (_, i) => i));
        expect(lengths.slice(0, -1).every((length) => length === size)).toBe(true);
        expect(lengths.length).toBe(Math.ceil(100 / size));
      },
    ),
  );
});

it('refuses a missing column and a list column', async () => {
  const list = (): Column => ({ offsets: new Int32Array(6), values: new Float64Array(0) });
  await expect(rebatch(batchesOf([0, 5], list), ['x'], 2).next()).rejects.toThrow(
    /'x': a list column cannot be written/,
  );
  await expect(rebatch(batchesOf([0, 5], list), ['y'], 2).next()).rejects.toThrow(/'y': not in the batch at event 0/);
});
