import { expect, it } from 'vitest';
import type { Grid } from '../../../../../../sinks/page/client/figures/drawing/grid_cells.js';
import {
  bordersOf,
  centresOf,
  outlineOf,
  regimeCells,
} from '../../../../../../sinks/page/client/figures/drawing/regime_cells.js';

const none = { value: null, error: null };
/** Two columns and two rows: regime 0 below, regime 1 above on the left and (in part) on the right. */
const grid = {
  ...{ x: 'H_T', y: 'abs_deta', xEdges: [0, 100, 300], yEdges: [0, 1, 2] },
  ...{ n: 0, beyond: 0, others: 0, unassigned: 0 },
  cells: [
    { x: 0, y: 0, n: 100, regimes: [[0, 100]] },
    { x: 1, y: 0, n: 40, regimes: [[0, 40]] },
    { x: 0, y: 1, n: 20, regimes: [[1, 20]] },
    {
      ...{ x: 1, y: 1, n: 20 },
      regimes: [
        [0, 5],
        [1, 15],
      ],
    },
  ].map((cell) => ({ ...cell, raw: { ...none, n: cell.n }, corrected: { ...none, n: 0 } })),
} as unknown as Grid;
const cells = regimeCells(grid, new Map([[0, 'close']]));

it('gives a cell to the regime with most of its events, with its share', () => {
  expect(cells.map(({ regime, label, own }) => [regime, label, own])).toEqual([
    [0, 'close', 100],
    [0, 'close', 40],
    [1, 'unknown', 20],
    [1, 'unknown', 15],
  ]);
  expect(cells[3]!.share.value).toBe(0.75);
  expect(cells[3]!.words).toMatch(/^100–300, 1–2: regime 1 unknown, 75 /);
});

it('puts the number of a regime at the mean place of its events, by cells', () => {
  expect(centresOf(cells)).toEqual([
    { regime: 0, x: (100 * 50 + 40 * 200) / 140, y: 0.5 },
    { regime: 1, x: (20 * 50 + 15 * 200) / 35, y: 1.5 },
  ]);
});

it('draws a border once where the regime changes, and an outline all around one', () => {
  expect(bordersOf(cells)).toEqual([
    { x1: 0, x2: 100, y1: 1, y2: 1 },
    { x1: 100, x2: 300, y1: 1, y2: 1 },
  ]);
  expect(outlineOf(cells, 1)).toHaveLength(6);
  expect(outlineOf(cells, 7)).toEqual([]);
});
