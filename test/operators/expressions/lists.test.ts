import { describe, expect, it } from 'vitest';
import { loadList, overLists, spoil } from '../../../operators/expressions/lists.js';
import { columnOperand, scalarOperand } from '../../../operators/expressions/loop.js';
import { loopOf } from '../../../operators/expressions/nodes.js';
import { Problem } from '../../../operators/problem.js';

const room = (length: number) => new Float64Array(length);
const list = (offsets: number[], values: number[]) =>
  loadList('x', { offsets: Int32Array.from(offsets), values: Float64Array.from(values) }, offsets.length - 1, room);
const plus = loopOf('+', 'f64');

describe('loadList', () => {
  it('takes the part of the batch, converts it and lets offsets begin at 0', () => {
    const column = { offsets: Int32Array.of(2, 3, 5, 9), values: Float32Array.of(9, 9, 1, 2, 3, 9, 9, 9, 9) };
    const { values, offsets } = loadList('x', column, 2, room);
    expect([...values]).toEqual([1, 2, 3]);
    expect([...offsets.subarray(0, 3)]).toEqual([0, 1, 3]);
    expect(loadList('x', { offsets: new Int32Array(1), values: new Float64Array(0) }, 0, room).values).toHaveLength(0);
  });

  it('refuses a column that ends too early', () => {
    const message = "column 'x' has fewer lists or values than the batch has events (2)";
    expect(() => list([0, 1, 3], [1, 2])).toThrow(new Problem(3, message));
    expect(() => loadList('x', { offsets: Int32Array.of(0, 1), values: new Float64Array(9) }, 2, room)).toThrow(
      message,
    );
  });
});

describe('overLists', () => {
  it('repeats numbers of the event and takes constants as they are', () => {
    const some = list([0, 2, 2, 3], [1, 2, 3]);
    expect([...overLists(plus, [some, columnOperand(Float64Array.of(10, 20, 30))], 3, room).values]).toEqual([
      11, 12, 33,
    ]);
    expect([...overLists(plus, [scalarOperand(1), some], 3, room).values]).toEqual([2, 3, 4]);
  });

  it('breaks events in which lengths differ, for good', () => {
    const sum = overLists(plus, [list([0, 1, 3, 4], [1, 2, 3, 4]), list([0, 1, 2, 3], [10, 20, 30])], 3, room);
    expect([...sum.values]).toEqual([11, 34]);
    expect([...sum.offsets]).toEqual([0, 1, 1, 2]);
    expect([...sum.broken!]).toEqual([0, 1, 0]);
    const again = overLists(plus, [sum, list([0, 1, 1, 2], [5, 5])], 3, room);
    expect([...again.broken!]).toEqual([0, 1, 0]);
    const out = Float64Array.of(1, 2, 3);
    spoil(out, again);
    expect([...out]).toEqual([1, NaN, 3]);
  });
});
