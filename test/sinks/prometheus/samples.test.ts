import { expect, test } from 'vitest';
import { exposition } from '../../../sinks/prometheus/exposition.js';
import { samplesOf } from '../../../sinks/prometheus/samples.js';
import { windowFamilies } from '../../../sinks/prometheus/window_families.js';
import { parseExposition } from '../../support/exposition.js';
import { windowReports } from '../../support/window_reports.js';

test('samples are what a scrape of the same families has', async () => {
  const families = windowFamilies(windowReports({ windows: 10, driftFrom: 9 }).at(-1)!);
  const keyOf = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels)
      .map(([label, value]) => `${label}="${value}"`)
      .sort()
      .join(',');
  const samples = samplesOf(families, { pipeline: 'p' });
  expect(new Map(samples.map(({ name, labels, value }) => [`${name}{${keyOf(labels)}}`, value]))).toEqual(
    parseExposition(await exposition(families, { pipeline: 'p' })),
  );
});

test('what is not known is no sample, and 0 is one', () => {
  const rows = [
    [{ regime: '0' }, null],
    [{ regime: '1' }, undefined],
    [{ regime: '2' }, 0],
  ] as const;
  expect(samplesOf([{ name: 'quality', rows }], { pipeline: 'p' })).toEqual([
    { name: 'regimewatch_quality', labels: { pipeline: 'p', regime: '2' }, value: 0 },
  ]);
});
