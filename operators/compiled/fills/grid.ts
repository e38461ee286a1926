import type { GridConfig, GridState } from '../../summaries/grid.js';
import { numbers, written } from '../written.js';
import type { Fill } from './fill.js';
import { laySums, takeSums } from './moments.js';
import { axisBin } from './slot.js';
import { takeTally, tallyParts } from './tally.js';

export const gridFill: Fill<GridConfig, GridState> = {
  lay(p, { x, y, response }, { columns, weight }) {
    const names = { ix: axisBin(p, columns[0]!, x), iy: axisBin(p, columns[1]!, y), ...numbers(p, { row: x[0] + 2 }) };
    const slot = written(p, 'iy * row + ix', names);
    const rows = (x[0] + 2) * (y[0] + 2);
    if (response) laySums(p, rows, slot, columns[2]!, { weight, wide: false });
    else p.effects.push({ kind: 'add', rows, slot, parts: tallyParts(p, weight) });
  },
  take(state, added, limbs) {
    if (state.sums) takeSums(state, state.sums, added, limbs);
    else takeTally(state, added, limbs);
  },
};
