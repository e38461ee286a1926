import { describe, expect, it } from 'vitest';
import { onlineModels, uncorrected } from '../../../operators/online/models.js';
import { NO_GAIN } from '../../../operators/online/paired_gain.js';
import { openTrial, verdict, watch, type Trial } from '../../../operators/online/trial.js';
import { correctionModel } from '../../../operators/correction/candidates.js';
import { responseCells } from '../../../operators/summaries/response_cells.js';
import { regimeMap } from '../../support/corrections.js';
import { filled } from '../summaries/rows.js';

const map = regimeMap({ variables: ['x'], scale: [{ mean: 0, width: 1 }], centroids: [[0]] });
const training = { from: 0, to: 3, events: 10, weight: 10, forgotten: 0 };
const range = { low: [[0]], high: [[0]] };
const corrected = onlineModels({ map, ids: [0] }, correctionModel(map, 'regime', 0, range, [[0.1]]), training);
const previous = uncorrected(corrected);

/** n gains of mean `sigma` errors. */
const gain = (sigma: number, n = 100) => {
  const value = sigma / Math.sqrt(n - 1);
  return { n, sum: n * value, squares: n * (1 + value * value), loss: n };
};
const trial = (response: number, context: number | null = null, simpler = false): Trial => ({
  previous,
  remapped: context !== null,
  simpler,
  response: gain(response),
  context: context === null ? NO_GAIN : gain(context),
});
const won = (of: Trial): boolean => verdict(of, { events: 100, level: 0.05 })!.won;

describe('trial', () => {
  it('adds up the validation events of the windows', () => {
    // y² − (y − 0.1)² = 0.2 y − 0.01.
    const cells = filled(
      responseCells,
      { dimensions: 1, groups: 3, maxCells: 16 },
      {
        columns: [
          [1, 1, 1, 2],
          [0.1, 0.3, 9, 9],
        ],
        group: [1, 1, 0, 2],
      },
    );
    const once = watch(openTrial(previous, { remapped: false, simpler: false }), corrected, cells);
    expect(once.response.n).toBe(2);
    expect(once.response.sum).toBeCloseTo(0.06, 14);
    expect(once.response.squares).toBeCloseTo(0.01 ** 2 + 0.05 ** 2, 14);
    expect(once.response.loss).toBeCloseTo(0.1, 14);
    const twice = watch(once, corrected, cells);
    expect([twice.response.n, twice.response.sum]).toEqual([4, 2 * once.response.sum]);
    expect(twice.context).toEqual(NO_GAIN);
  });

  it('has no verdict before enough events', () => {
    expect(verdict(trial(9), { events: 101, level: 0.05 })).toBeUndefined();
  });

  it('is won beyond the quantile: 1.645 at 5 %, 1.960 with a new map', () => {
    expect([1.64, 1.65].map((sigma) => won(trial(sigma)))).toEqual([false, true]);
    expect([1.95, 1.97].map((sigma) => won(trial(sigma, 0)))).toEqual([false, true]);
    expect([1.95, 1.97].map((sigma) => won(trial(0, sigma)))).toEqual([false, true]);
  });

  it('is lost where one is gained at the cost of the other', () => {
    expect([-1.97, -1.95].map((sigma) => won(trial(9, sigma)))).toEqual([false, true]);
    expect([-1.97, -1.95].map((sigma) => won(trial(sigma, 9)))).toEqual([false, true]);
  });

  it('of a simpler map is won unless it is worse', () => {
    expect(won(trial(0, 0, true))).toBe(true);
    expect([-1.97, -1.95].map((sigma) => won(trial(0, sigma, true)))).toEqual([false, true]);
  });

  it('is lost by models that are the same', () => {
    expect(won({ ...trial(0), response: { n: 100, sum: 0, squares: 0, loss: 1 } })).toBe(false);
  });

  it('gives its reason with the numbers', () => {
    const { reason } = verdict(trial(2.5, -1), { events: 100, level: 0.05 })!;
    expect(reason).toMatch(
      /^mean squared bias lessened by .* on 100 later validation events, 2\.5 sigma, distance to the centroids -1\.0 sigma, 2\.0 wanted$/,
    );
  });
});
