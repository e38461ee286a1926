import { slotsOf } from '../../summaries/histogram.js';
import type { ZoomConfig, ZoomState } from '../../summaries/zoom.js';
import { lookup, number } from '../lanes.js';
import { lines, numbers } from '../written.js';
import type { Fill } from './fill.js';
import { place } from './slot.js';
import { takeTally, tallyParts } from './tally.js';

export const zoomFill: Fill<ZoomConfig, ZoomState> = {
  lay(p, { bins, parts, zoomed }, { columns, group, weight }) {
    const count = zoomed.reduce((most, z) => Math.max(most, z + 1), 0);
    const names = {
      ...{ t: place(p, columns[0]!, bins), group: group ?? number(p, 0) },
      ...numbers(p, { n: bins[0], stride: slotsOf(bins), last: zoomed.length - 1, parts, lastPart: parts - 1 }),
    };
    const { index = -1, bin = -1 } = lines(
      p,
      [
        'bin = floor(t)',
        'at = group * stride + bin + 1',
        'index = where(t >= 0 and t < n, where(at < last, at, last), 0)',
      ],
      names,
    );
    const { slot = -1 } = lines(
      p,
      [
        ...['part = floor((t - bin) * parts)', 'own = where(part < lastPart, part, lastPart)'],
        'slot = where(t >= 0 and t < n and z >= 0, 1 + z * parts + own, 0)',
      ],
      { ...names, bin, z: lookup(p, zoomed, index) },
    );
    p.effects.push({ kind: 'add', rows: 1 + count * parts, slot, parts: tallyParts(p, weight, false) });
  },
  take: takeTally,
};
