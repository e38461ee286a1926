import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUNCTION_LOOPS } from '../../../operators/expressions/function_loops.js';
import { columnOperand, scalarOperand, type Loop } from '../../../operators/expressions/loop.js';
import { OPERATOR_LOOPS } from '../../../operators/expressions/operator_loops.js';

const loops: [string, Loop][] = [...Object.entries<Loop>(FUNCTION_LOOPS), ...OPERATOR_LOOPS];

// What each loop computes is compared with NumPy in functions.test.ts and with a plain walk in evaluate.test.ts.
describe.each(loops)('the loop of %s', (_name, loop) => {
  const operands = fc.array(fc.tuple(fc.double({ min: -9, max: 9 }), fc.double({ min: -9, max: 9 }), fc.boolean()), {
    minLength: loop.length - 2,
    maxLength: loop.length - 2,
  });

  it('takes a single value for a column of it, and may write over an operand', () => {
    fc.assert(
      fc.property(operands, (pairs) => {
        const filled = pairs.map(([a, b, single]) => columnOperand(Float64Array.of(a, single ? a : b)));
        const expected = new Float64Array(2);
        loop(expected, 2, ...filled);
        const mixed = pairs.map(([a, b, single]) => (single ? scalarOperand(a) : columnOperand(Float64Array.of(a, b))));
        const found = new Float64Array(3).fill(77);
        loop(found, 2, ...mixed);
        expect([...found]).toEqual([...expected, 77]);
        const over = mixed.find(({ mask }) => mask === -1)?.values;
        if (over === undefined) return;
        loop(over, 2, ...mixed);
        expect([...over]).toEqual([...expected]);
      }),
      { numRuns: 50 },
    );
  });
});
