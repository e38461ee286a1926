import { describe, expect, it } from 'vitest';
import { versionedMap } from '../../../operators/online/match_regimes.js';
import { remap } from '../../../operators/online/remap.js';
import { modelsAt } from '../../../operators/online/versions.js';
import { fitRegimesFromCells } from '../../../operators/regimes/regimes_from_cells.js';
import { cellsOf, CONFIG, draw, NEWCOMER, POPULATIONS, run, type Drawn } from './stream.js';

const config = { ...CONFIG.regimes, count: 'auto' } as const;

function cellsAndMap(drawn: Drawn) {
  const cells = cellsOf(draw(0, { events: 4000, ...drawn }));
  const count = drawn.populations?.length ?? POPULATIONS.length;
  return { cells, map: fitRegimesFromCells(cells, CONFIG.variables, { ...config, count })!.map };
}

const old = cellsAndMap({ seed: 5 }).map;
const regimes = versionedMap(
  old,
  old.centroids.map((_, row) => row),
);

const change = (drawn: Drawn) => {
  const { cells, map } = cellsAndMap(drawn);
  return remap(regimes, map, 3, cells, CONFIG.remap, 0.01);
};

describe('remap', () => {
  it('leaves the regimes as they are where only the sample is another', () => {
    for (const seed of [6, 7, 8, 9]) expect(change({ seed })).toBeUndefined();
  });

  it('takes the fitted map where a population has come, which is born', () => {
    const found = change({ seed: 6, populations: [...POPULATIONS, NEWCOMER] })!;
    expect([found.births, found.deaths, found.regimes.ids, found.simpler]).toEqual([[3], [], [0, 1, 2, 3], false]);
    const { map } = found.regimes;
    expect(map.centroids[3]![0]! * map.scale[0]!.width + map.scale[0]!.mean).toBeCloseTo(NEWCOMER.centre[0], -1);
    expect(found.reason).toMatch(/^squared distance to the centroids lessened by \d+\.\d % \(\d+\.\d sigma\)$/);
  });

  it('takes the map without it where a population has gone, and nothing else has changed', () => {
    const found = change({ seed: 6, populations: POPULATIONS.filter((_, i) => i !== 1) })!;
    expect([found.births, found.deaths, found.regimes.ids, found.simpler]).toEqual([[], [1], [0, 2], true]);
    expect(found.regimes.map.centroids).toEqual([old.centroids[0], old.centroids[2]]);
    expect(found.reason).toBe('regime 1 without events: less than 0.1 % of them');
  });
});

describe('a stream', () => {
  it('in which a population comes and goes has its birth and its death; the others keep their numbers', () => {
    const { state, events } = run({ ...CONFIG, regimes: config }, 24, (n) => ({
      events: 3000,
      populations: n >= 8 && n < 14 ? [...POPULATIONS, NEWCOMER] : POPULATIONS,
    }));
    const changes = events.filter(({ kind, window }) => window > 3 && (kind === 'birth' || kind === 'death'));
    expect(changes.map(({ kind, regime }) => [kind, regime])).toEqual([
      ['birth', 3],
      ['death', 3],
    ]);
    // The newcomer leaves the sliding memory four windows after its last one.
    expect(changes[0]!.window).toBe(8);
    expect(changes[1]!.window).toBeGreaterThanOrEqual(17);
    expect(events.some(({ kind }) => kind === 'rolled back')).toBe(false);
    const { inEffect } = modelsAt(state);
    const { map, ids } = inEffect!.regimes;
    expect(ids).toEqual([0, 1, 2]);
    POPULATIONS.forEach(({ centre }, r) => {
      expect(map.centroids[r]![0]! * map.scale[0]!.width + map.scale[0]!.mean).toBeCloseTo(centre[0], -1);
    });
    expect(state.unusedId).toBe(4);
  });
});
