import type { Labels, Sample } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Family } from './family.js';

/** The families as a scrape has them, without their text: what is not known is no sample. Labels of a row win. */
export function samplesOf(families: readonly Family[], labels: Labels): Sample[] {
  const samples: Sample[] = [];
  for (const { name, rows } of families) {
    for (const [own, value] of rows) {
      if (typeof value === 'number') samples.push({ name: PREFIX + name, labels: { ...labels, ...own }, value });
    }
  }
  return samples;
}
