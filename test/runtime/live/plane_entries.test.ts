import { expect, test } from 'vitest';
import { fillBook, openBook } from '../../../operators/summaries/book.js';
import type { Tally } from '../../../operators/summaries/tally.js';
import { planeBins } from '../../../runtime/live/plane_bins.js';
import { planeEntries, setPlane } from '../../../runtime/live/plane_entries.js';
import { CORRECTED_CORE } from '../../../runtime/live/window_columns.js';
import { CORE } from '../../../runtime/local_pass.js';
import { binOf, REGIME } from '../../../runtime/observations.js';
import { stateOf } from '../../../runtime/report/pages.js';
import { basePipeline } from '../../support/stage.js';

const plane = planeBins(basePipeline().pipeline)!;

test('events go to their cell, and to their regime in it', () => {
  const groups = new Map([
    [binOf('H_T'), Uint16Array.of(0, 1, 4, 1)],
    [binOf('abs_deta'), Uint16Array.of(0, 0, 11, 0)],
    [REGIME, Uint16Array.of(2, 0, 1, 2)],
  ]);
  setPlane(plane, 3, groups, 4);
  const entries = planeEntries(plane, 3, true);
  const book = openBook(entries);
  const column = new Float64Array(4);
  const columns = new Map([CORE, CORRECTED_CORE].map((name) => [name, column]));
  fillBook(book, entries, { length: 4, columns, groups, weight: null });
  const counted = (key: string) => [...stateOf<Tally>(book, key).n].flatMap((n, slot) => (n > 0 ? [[slot, n]] : []));
  const cells = [
    [0, 1],
    [1, 2],
    [59, 1],
  ];
  expect([counted('plane'), counted('plane:corrected')]).toEqual([cells, cells]);
  // Cell · 3 + regime.
  expect(counted('plane:regimes')).toEqual([
    [2, 1],
    [3, 1],
    [5, 1],
    [178, 1],
  ]);
});

test('without a correction there is no corrected core; the largest group fits its column', () => {
  expect(planeEntries(plane, 2, false).map(({ key }) => key)).toEqual(['plane', 'plane:regimes']);
  const edges = Array.from({ length: 21 }, (_, i) => i).join();
  const { pipeline } = basePipeline(`context.H_T.report=[${edges}]`, `context.abs_deta.report=[${edges}]`);
  expect(planeBins(pipeline)!.groups * 64).toBeLessThanOrEqual(2 ** 16);
});
