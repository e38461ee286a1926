import { expect, it } from 'vitest';
import { fitRegimes, type ContextVariable, type RegimesConfig } from '../../../operators/regimes/regime_map.js';
import { fitRegimesFromCells } from '../../../operators/regimes/regimes_from_cells.js';
import { cellCentre, upperWord } from '../../../operators/summaries/cell_code.js';
import { contextCells } from '../../../operators/summaries/context_cells.js';
import { moments } from '../../../operators/summaries/moments.js';
import { responseCells } from '../../../operators/summaries/response_cells.js';
import { CONFIG, draw } from '../online/stream.js';
import { filled, type Table } from '../summaries/rows.js';

const cellsConfig = { dimensions: 2, groups: 3, maxCells: 4096 };
const config: RegimesConfig = { count: 3, standardise: true, seed: 1 };
const variables: readonly ContextVariable[] = CONFIG.variables;

/** As fitRegimes does it, with the moments of the events themselves. */
const direct = ({ columns, group }: Table, config: RegimesConfig) =>
  fitRegimes(
    filled(contextCells, cellsConfig, { columns: columns.slice(0, 2), group }),
    columns
      .slice(0, 2)
      .map((x) => filled(moments, { groups: 3, weighted: false, wide: true }, { columns: [x], group })),
    variables,
    config,
  );

it.each<RegimesConfig>([config, { ...config, standardise: false }, { ...config, count: 'auto' }])(
  'is fitRegimes on the same cells, where events are at their centres (%o)',
  (config) => {
    const table = draw(3, { events: 1500 });
    const columns = table.columns.map((x, d) => (d < 2 ? x.map((v) => cellCentre(upperWord(v) >>> 10, 10)) : x));
    const expected = direct({ ...table, columns }, config)!;
    const { map, training, cells, scan } = fitRegimesFromCells(
      filled(responseCells, cellsConfig, { ...table, columns }),
      variables,
      config,
    )!;
    expect([training, cells, scan.length]).toEqual([expected.training, expected.cells, expected.scan.length]);
    expect(map.labels).toEqual(expected.map.labels);
    map.scale.forEach(({ mean, width }, d) => {
      expect(mean / expected.map.scale[d]!.mean).toBeCloseTo(1, 13);
      expect(width / expected.map.scale[d]!.width).toBeCloseTo(1, 12);
    });
    map.centroids.forEach((row, r) => {
      row.forEach((z, d) => {
        expect(z).toBeCloseTo(expected.map.centroids[r]![d]!, 10);
      });
    });
  },
);

it('is as near to it as cells are fine where events are anywhere', () => {
  const table = draw(4, { events: 1500 });
  const expected = direct(table, config)!.map;
  const { map } = fitRegimesFromCells(filled(responseCells, cellsConfig, table), variables, config)!;
  map.scale.forEach(({ mean, width }, d) => {
    expect(Math.abs(mean - expected.scale[d]!.mean)).toBeLessThan(expected.scale[d]!.mean * 2 ** -11);
    expect(Math.abs(width - expected.scale[d]!.width)).toBeLessThan(expected.scale[d]!.mean * 2 ** -10);
  });
});

it('gives a constant variable the width 1 and no part', () => {
  const { columns, group } = draw(5, { events: 300 });
  const constant = columns[0]!.map(() => 0.1);
  const cells = filled(responseCells, cellsConfig, { columns: [columns[0]!, constant, columns[2]!], group });
  const { map } = fitRegimesFromCells(cells, variables, config)!;
  expect(map.scale[1]!.width).toBe(1);
  expect(map.centroids.map((row) => row[1])).toEqual([0, 0, 0]);
});

it('takes fractions of events, and is the same whatever common factor they have', () => {
  const cells = filled(responseCells, cellsConfig, draw(6, { events: 500 }));
  const half = { ...cells, n: cells.n.map((n) => n / 2) };
  const { map, training } = fitRegimesFromCells(half, variables, config)!;
  const whole = fitRegimesFromCells(cells, variables, config)!;
  expect(map).toEqual(whole.map);
  expect(training).toBe(whole.training / 2);
});

it('is not there without training events', () => {
  expect(fitRegimesFromCells(responseCells.create(cellsConfig), variables, config)).toBeUndefined();
});
