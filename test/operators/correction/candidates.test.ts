import { describe, expect, it } from 'vitest';
import { candidatesFor, correctionOfCells, TRAIN, VALIDATION } from '../../../operators/correction/candidates.js';
import { CORRECTION } from '../../../operators/correction/fit_correction.js';
import { gains } from '../../../operators/correction/gain.js';
import { regimeCells } from '../../../operators/correction/regime_cells.js';
import { contentHash } from '../../../operators/summaries/codec.js';
import { stateOf, toyEvents, twoRegimes } from './toys.js';

const cellsOf = (bias: (a: number, b: number, split: number) => number, width = 0.05) =>
  regimeCells(stateOf(toyEvents(6000, 1, width, bias)), twoRegimes);

describe('candidates', () => {
  const cells = cellsOf((a, b) => -0.02 - 0.02 * a + 0.01 * b * b);
  const { candidates, excluded, scan } = candidatesFor(cells, CORRECTION);

  it('are one of each layer, of this map, named by their content', () => {
    expect(candidates.map(({ layer, degree, lambda }) => [layer, degree, lambda === null])).toEqual([
      ['regime', 0, true],
      ['smooth', expect.any(Number), false],
    ]);
    expect(excluded).toEqual([]);
    for (const { model, layer, degree } of candidates) {
      const { version, ...content } = model;
      expect(version).toBe(contentHash(content));
      expect(model).toMatchObject({ layer, degree, regimeMap: twoRegimes.version, variables: ['a', 'b'] });
    }
  });

  it('are, of the smooth ones, the one with the most gain on validation', () => {
    expect(scan).toHaveLength(10);
    const smooth = candidates[1]!;
    expect(smooth.gain).toBe(Math.max(...scan.map(({ gain }) => gain)));
    const own = correctionOfCells(smooth.model, cells);
    expect(gains(cells, VALIDATION, new Float64Array(cells.cells), own).all.value).toBe(smooth.gain);
  });

  it('share the level: half for each layer, that of smooth between all that were tried', () => {
    // scipy.stats.norm.isf of 0.025 and 0.0025.
    expect(candidates[0]!.wanted).toBeCloseTo(1.959963984540054, 13);
    expect(candidates[1]!.wanted).toBeCloseTo(2.8070337683438042, 13);
    const [alone] = candidatesFor(cells, { ...CORRECTION, layers: ['regime'] }).candidates;
    expect(alone!.wanted).toBeCloseTo(1.6448536269514722, 13);
  });

  it('by regime leaves no mean response in any regime of the sample it was fitted on', () => {
    const c = correctionOfCells(candidates[0]!.model, cells);
    for (const r of [0, 1]) {
      let [n, sum] = [0, 0];
      for (let cell = 0; cell < cells.cells; cell++) {
        if (cells.regime[cell] !== r) continue;
        const slot = cell * cells.groups + TRAIN;
        n += cells.n[slot]!;
        sum += (cells.sum[slot]! - cells.n[slot]! * c[cell]!) / (1 + c[cell]!);
      }
      expect(Math.abs(sum / n)).toBeLessThan(1e-12);
    }
  });

  it('are none where a correction would come near 1', () => {
    const far = candidatesFor(
      cellsOf((a) => (a < 2 ? 0.8 : 0)),
      CORRECTION,
    );
    expect(far.candidates).toEqual([]);
    expect(far.excluded).toEqual([
      'regime: a correction of 0.80 is beyond ±0.5',
      'smooth: every correction tried is somewhere beyond ±0.5',
    ]);
  });
});
