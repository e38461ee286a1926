import { describe, expect, it } from 'vitest';
import { column, constant, elementwise, loopOf, noNodes, reductionOf } from '../../../operators/expressions/nodes.js';

describe('nodes', () => {
  it('are added once', () => {
    const nodes = noNodes('f64');
    const a = column(nodes, 'a', false);
    expect(elementwise(nodes, '+', [a, constant(nodes, 1)])).toBe(elementwise(nodes, '+', [a, constant(nodes, 1)]));
    expect(elementwise(nodes, '-', [a, a])).not.toBe(elementwise(nodes, '+', [a, a]));
    expect(constant(nodes, 0)).not.toBe(constant(nodes, -0));
    expect(constant(nodes, NaN)).toBe(constant(nodes, NaN));
  });

  it('of constants are computed at once', () => {
    const nodes = noNodes('f64');
    const id = elementwise(nodes, 'hypot', [constant(nodes, 3), constant(nodes, 4)]);
    expect(nodes.all[id]).toEqual({ kind: 'constant', args: [], list: false, value: 5 });
  });

  it('know no other operation', () => {
    expect(() => loopOf('constructor', 'f64')).toThrow(TypeError);
    expect(() => reductionOf('abs')).toThrow(TypeError);
  });
});
