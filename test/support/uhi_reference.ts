import { readFileSync } from 'node:fs';
import type { UhiHistogram } from '../../sinks/export/uhi.js';

interface Reference {
  readonly columns: Readonly<Record<'x' | 'y' | 'delta' | 'weight' | 'group', readonly number[]>>;
  readonly histograms: Readonly<
    Record<'grouped' | 'counted' | 'plane' | 'response', Pick<UhiHistogram, 'axes' | 'storage'>>
  >;
}

/** What boost-histogram made of these columns (reference.py). */
export const reference = JSON.parse(
  readFileSync(new URL('../fixtures/export/uhi.json', import.meta.url), 'utf8'),
) as Reference;

/** A histogram without what other libraries do not write. */
export const bare = ({ axes, storage }: UhiHistogram) => ({
  axes: axes.map((axis) => Object.fromEntries(Object.entries(axis).filter(([key]) => key !== 'metadata'))),
  storage,
});
