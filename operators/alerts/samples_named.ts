import type { Labels, Sample, Scrape } from './types.js';

const indexes = new WeakMap<Scrape, ReadonlyMap<string, Sample[]>>();

function indexOf(scrape: Scrape): ReadonlyMap<string, Sample[]> {
  const known = indexes.get(scrape);
  if (known) return known;
  const index = new Map<string, Sample[]>();
  for (const sample of scrape.samples) {
    const found = index.get(sample.name);
    if (found) found.push(sample);
    else index.set(sample.name, [sample]);
  }
  indexes.set(scrape, index);
  return index;
}

/** The samples of a metric with these labels, in the order of the scrape; a label of no text is one that is not there. */
export function samplesNamed(scrape: Scrape, name: string, labels: Labels = {}): readonly Sample[] {
  const all = indexOf(scrape).get(name) ?? [];
  const wanted = Object.entries(labels);
  if (all.length === 0 || wanted.length === 0) return all;
  return all.filter(({ labels: own }) => wanted.every(([label, text]) => (own[label] ?? '') === text));
}
