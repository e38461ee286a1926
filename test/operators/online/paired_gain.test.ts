import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCorrection } from '../../../operators/correction/apply.js';
import {
  addGains,
  contextGain,
  meanGain,
  NO_GAIN,
  responseGain,
  type MapAndCorrection,
} from '../../../operators/online/paired_gain.js';
import { assignRegimes } from '../../../operators/regimes/assign.js';
import type { RegimeMap } from '../../../operators/regimes/regime_map.js';
import { cellCentre, upperWord } from '../../../operators/summaries/cell_code.js';
import { responseCells } from '../../../operators/summaries/response_cells.js';
import { drawn } from '../../support/corrections.js';
import { filled } from '../summaries/rows.js';

const number = fc.double({ min: -3, max: 3, noNaN: true });
const events = fc.array(fc.tuple(number, number, fc.double({ min: -0.2, max: 0.2, noNaN: true }), fc.nat(2)), {
  minLength: 1,
  maxLength: 40,
});
const inPlane = drawn.filter(({ map }) => map.variables.length === 2);

/** Events at the centres of their cells, by columns. */
const columnsOf = (rows: readonly (readonly [number, number, number, number])[]): number[][] =>
  [0, 1, 2].map((d) => rows.map((row) => (d < 2 ? cellCentre(upperWord(row[d]!) >>> 10, 10) : row[d]!)));

function assigned(map: RegimeMap, columns: readonly number[][]) {
  const context = columns.slice(0, 2).map((x) => Float64Array.from(x));
  const length = context[0]!.length;
  const [regime, distance] = [new Uint16Array(length), new Float64Array(length)];
  assignRegimes(map, context, length, regime, distance);
  return { context, length, regime, distance };
}

function corrections({ map, correction }: MapAndCorrection, columns: readonly number[][]): Float64Array {
  const { context, length, regime } = assigned(map, columns);
  const c = new Float64Array(length);
  applyCorrection(correction, map, context, regime, length, c);
  return c;
}

const totals = (gains: readonly number[], losses: readonly number[]) => ({
  n: gains.length,
  sum: gains.reduce((a, b) => a + b, 0),
  squares: gains.reduce((a, b) => a + b * b, 0),
  loss: losses.reduce((a, b) => a + b, 0),
});

const close = (found: object, expected: object): void => {
  for (const [key, value] of Object.entries(expected) as [keyof object, number][]) {
    expect(Math.abs(found[key] - value)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)));
  }
};

describe('paired gain', () => {
  it('is what adding up event by event gives', () => {
    fc.assert(
      fc.property(inPlane, inPlane, events, fc.nat(2), (old, fresh, rows, split) => {
        const columns = columnsOf(rows);
        const group = rows.map((row) => row[3]);
        const cells = filled(responseCells, { dimensions: 2, groups: 3, maxCells: 256 }, { columns, group });
        const mine = (values: Float64Array): number[] => [...values].filter((_, i) => group[i] === split);
        const y = mine(Float64Array.from(columns[2]!));
        const [c, d] = [mine(corrections(old, columns)), mine(corrections(fresh, columns))];
        close(
          responseGain(cells, old, fresh, split),
          totals(
            y.map((v, i) => (v - c[i]!) ** 2 - (v - d[i]!) ** 2),
            y.map((v, i) => (v - c[i]!) ** 2),
          ),
        );
        // Another map in the same units.
        const moved = { ...fresh.map, scale: old.map.scale };
        const [before, after] = [mine(assigned(old.map, columns).distance), mine(assigned(moved, columns).distance)];
        close(
          contextGain(cells, old.map, moved, split),
          totals(
            before.map((v, i) => v - after[i]!),
            before,
          ),
        );
      }),
    );
  });

  it('of a model on itself is 0', () => {
    fc.assert(
      fc.property(inPlane, events, (model, rows) => {
        const cells = filled(responseCells, { dimensions: 2, groups: 1, maxCells: 256 }, { columns: columnsOf(rows) });
        expect(responseGain(cells, model, model, 0)).toMatchObject({ n: rows.length, sum: 0, squares: 0 });
        expect(Math.abs(contextGain(cells, model.map, model.map, 0).sum)).toBeLessThan(1e-9);
      }),
    );
  });

  it('has the mean and the error of a sample', () => {
    // Gains 1, 2, 3, 6: mean 3, s² = 14 / 3.
    expect(meanGain({ n: 4, sum: 12, squares: 50, loss: 0 })).toEqual({ n: 4, value: 3, error: Math.sqrt(14 / 12) });
    expect(meanGain(NO_GAIN)).toEqual({ n: 0, value: 0, error: null });
    expect(meanGain({ n: 1, sum: 2, squares: 4, loss: 0 })).toEqual({ n: 1, value: 2, error: null });
    const [a, b] = [
      { n: 1, sum: 2, squares: 4, loss: 5 },
      { n: 2, sum: 3, squares: 5, loss: 1 },
    ];
    expect(addGains(a, addGains(NO_GAIN, b))).toEqual({ n: 3, sum: 5, squares: 9, loss: 6 });
  });
});
