import { expect, test } from 'vitest';
import { cells } from '../../../sinks/report/cells.js';

const frame = { svg: '', toX: (x: number) => 10 * x, toY: (y: number) => 100 - 10 * y };

test('cells of a colour are one path, blank ones are left out', () => {
  // Row-major: the lower row a, b; the upper one blank, a.
  const paints = ['a', 'b', null, 'a'];
  const svg = cells(frame, [0, 1, 2], [0, 1, 3], 'density', (cell) => (paints[cell] ? `fill="${paints[cell]}"` : null));
  expect(svg).toContain('data-cells="3"');
  expect(svg).toContain('<path fill="a" d="M0,100H10V90H0ZM10,90H20V70H10Z"/>');
  expect(svg).toContain('<path fill="b" d="M10,100H20V90H10Z"/>');
});
