import type { Report } from '../../schemas/report.js';
import { withError, type GaugeRows } from './gauge_rows.js';

/** Pulls by regime against each local model, and its verdict. */
export function localityGauges({ locality: test }: Report): GaugeRows[] {
  const tests = test ? [test, ...test.alternatives] : [];
  const rows = tests.flatMap(({ model, regimes }) =>
    regimes.map((row) => [{ regime: String(row.regime), model }, row] as const),
  );
  return [
    ...withError('locality_pull_mean', '', 'Mean pull against the local model', rows, ({ pullMean }) => pullMean),
    ...withError(
      'locality_pull_width',
      '',
      'Width of the pull against the local model',
      rows,
      ({ pullWidth }) => pullWidth,
    ),
    ...withError(
      'locality_excess',
      '_ratio',
      'Bias that the local model does not explain',
      rows,
      ({ excess }) => excess,
    ),
    {
      name: 'locality_violated',
      help: '1 if the response is not local, by model, else 0',
      rows: tests.map(({ model, violated }) => [{ model }, violated ? 1 : 0]),
    },
    {
      name: 'locality_sigma',
      help: 'Deviation of the pull means in sigma, Holm-corrected over the tests',
      rows: tests.map(({ model, sigma }) => [{ model }, sigma]),
    },
  ];
}

const quantities = { raw: 'bias', sigma68: 'sigma68', pull: 'pull' } as const;

/** From which value of a context variable on a quantity changes; absent where there is none. */
export function zoneGauges({ dangerZones = [] }: Report): GaugeRows[] {
  const found = dangerZones.flatMap((zone) =>
    (['raw', 'sigma68', 'pull'] as const).flatMap((quantity) => {
      const onset = zone[quantity];
      return onset ? [[{ variable: zone.variable, quantity: quantities[quantity] }, onset] as const] : [];
    }),
  );
  const what = 'of a quantity along a context variable, in the unit of the variable';
  return [
    { name: 'danger_zone_onset', help: `Onset ${what}`, rows: found.map(([labels, { onset }]) => [labels, onset]) },
    {
      name: 'danger_zone_onset_low',
      help: `Lower end (95 %) of the onset ${what}`,
      rows: found.map(([labels, { low }]) => [labels, low]),
    },
    {
      name: 'danger_zone_onset_high',
      help: `Upper end (95 %) of the onset ${what}`,
      rows: found.map(([labels, { high }]) => [labels, high]),
    },
  ];
}
