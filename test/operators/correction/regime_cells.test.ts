import { describe, expect, it } from 'vitest';
import { eventsByRegime, regimeCells } from '../../../operators/correction/regime_cells.js';
import { regimeMap } from '../../support/corrections.js';
import { stateOf, toyEvents, twoRegimes } from './toys.js';

describe('regime cells', () => {
  const events = toyEvents(2000, 1, 0.05, () => 0);
  const cells = regimeCells(stateOf(events, 4096), twoRegimes);

  it('put every event in the regime of its cell’s centre', () => {
    const left = events.filter(({ context, split }) => context[0]! < 2 && split === 0).length;
    const right = events.filter(({ context, split }) => context[0]! >= 2 && split === 0).length;
    expect(eventsByRegime(cells, 0)).toEqual([left, right]);
  });

  it('standardise by the scale of the map', () => {
    for (let cell = 0; cell < cells.cells; cell++) {
      expect(cells.standardised[0]![cell]).toBe(cells.points[2 * cell]! - 2);
      expect(cells.standardised[1]![cell]).toBe(cells.points[2 * cell + 1]!);
      expect(cells.regime[cell]).toBe(cells.context[0]![cell]! > 2 ? 1 : 0);
    }
  });

  it('want the variables of the map', () => {
    const map = regimeMap({ variables: ['a'], scale: [{ mean: 0, width: 1 }], centroids: [[0]] });
    expect(() => regimeCells(stateOf(events), map)).toThrow(
      'response cells: of 2 context variables, the regime map has [a]',
    );
  });
});
