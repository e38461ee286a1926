import { expect, it } from 'vitest';
import { grid } from '../../../operators/summaries/grid.js';
import { histogram } from '../../../operators/summaries/histogram.js';
import { uhiOfSummaries } from '../../../sinks/export/uhi_summaries.js';
import { uhiMistakes } from '../../support/uhi_schema.js';

const x = Float64Array.of(0.5, 1.5, 1.5, 9);
const rows = { length: 4, columns: [x], group: Uint16Array.of(0, 1, 1, 0), weight: null };
const words = { program: '0.1.0', title: 'toy' };
const along = { name: 'x', title: 'x' };

it('names histograms by regime, and a plane of the response twice', () => {
  const state = histogram.create({ bins: [2, 0, 2], groups: 2, weighted: false });
  histogram.fill(state, rows);
  const plane = grid.create({ x: [2, 0, 2], y: [2, 0, 2], weighted: false, response: true });
  grid.fill(plane, { ...rows, columns: [x, x, x], group: null });
  const counts = grid.create({ x: [2, 0, 2], y: [2, 0, 2], weighted: false, response: false });
  grid.fill(counts, { ...rows, columns: [x, x], group: null });
  const made = uhiOfSummaries(
    words,
    [{ name: 'context/x', state, axis: along, groups: { name: 'regime', entries: [0, 1] } }],
    [
      { name: 'plane', state: plane, x: along, y: along },
      { name: 'counts', state: counts, x: along, y: along },
    ],
  );
  expect(Object.keys(made)).toEqual(['context/x', 'plane', 'plane/response', 'counts']);
  for (const each of Object.values(made)) expect(uhiMistakes(each)).toBe('');
  expect(made['context/x']!.storage.values).toEqual([
    [0, 1, 0, 1],
    [0, 0, 2, 0],
  ]);
});
