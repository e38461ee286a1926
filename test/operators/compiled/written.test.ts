import { describe, expect, it } from 'vitest';
import { column, noProgram, number, operation } from '../../../operators/compiled/lanes.js';
import { lines, written } from '../../../operators/compiled/written.js';

describe('written', () => {
  it('lowers arithmetic in the order in which it stands', () => {
    const p = noProgram();
    const [a, b] = [column(p, 0), column(p, 1)];
    expect(written(p, 'a - b + 0.5 * -a', { a, b })).toBe(
      operation(p, 'add', operation(p, 'sub', a, b), operation(p, 'mul', number(p, 0.5), operation(p, 'negative', a))),
    );
    expect(written(p, 'where(a < 1 and not (b >= -2), abs(a), sqrt(b))', { a, b })).toBe(
      operation(
        p,
        'select',
        operation(p, 'abs', a),
        operation(p, 'sqrt', b),
        operation(
          p,
          'and',
          operation(p, 'lt', a, number(p, 1)),
          operation(p, 'not', operation(p, 'ge', b, number(p, -2))),
        ),
      ),
    );
  });

  it('lets a line name the lines before it', () => {
    const p = noProgram();
    const a = column(p, 0);
    const { square, y } = lines(p, ['square = a * a', 'y = square + square'], { a });
    expect(y).toBe(operation(p, 'add', square!, square!));
  });

  it('knows what it cannot lower', () => {
    const p = noProgram();
    expect(() => written(p, 'a + nowhere', { a: column(p, 0) })).toThrow("no lane is named 'nowhere'");
    expect(() => written(p, 'tan(a)', { a: column(p, 0) })).toThrow("no operation is named 'tan'");
    expect(() => written(p, 'a[0]', { a: column(p, 0) })).toThrow('lanes have no elements');
  });
});
