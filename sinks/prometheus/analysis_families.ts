import type { Report } from '../../schemas/report.js';
import { family, withError, type Family } from './family.js';

/** Locality, danger zones and correction of a report. */
export const analysisFamilies = (report: Report): Family[] => [
  ...localityFamilies(report),
  ...zoneFamilies(report),
  ...correctionFamilies(report),
];

/** Pulls by regime against the local model, and against each of them where there are several; the verdicts. */
function localityFamilies({ locality: test }: Report): Family[] {
  if (!test) return [];
  const tests = [test, ...test.alternatives];
  const rows = tests.flatMap(({ model, regimes }) =>
    regimes.map((row) => [{ regime: String(row.regime), model }, row] as const),
  );
  const own = test.regimes.map((row) => [{ regime: String(row.regime) }, row] as const);
  return [
    ...withError(
      'locality_pull_mean',
      own.map(([labels, { pullMean }]) => [labels, pullMean]),
    ),
    ...withError(
      'locality_pull_width',
      own.map(([labels, { pullWidth }]) => [labels, pullWidth]),
    ),
    ...withError(
      'locality_model_pull_mean',
      rows.map(([labels, { pullMean }]) => [labels, pullMean]),
    ),
    ...withError(
      'locality_model_pull_width',
      rows.map(([labels, { pullWidth }]) => [labels, pullWidth]),
    ),
    ...withError(
      'locality_excess_ratio',
      rows.map(([labels, { excess }]) => [labels, excess]),
    ),
    family(
      'locality_violated',
      tests.map(({ model, violated }) => [{ model }, violated ? 1 : 0]),
    ),
    family(
      'locality_sigma',
      tests.map(({ model, sigma }) => [{ model }, sigma]),
    ),
  ];
}

const quantities = { raw: 'bias', sigma68: 'sigma68', pull: 'pull' } as const;

/** From which value of a context variable on a quantity changes. */
function zoneFamilies({ dangerZones = [] }: Report): Family[] {
  const found = dangerZones.flatMap((zone) =>
    (['raw', 'sigma68', 'pull'] as const).flatMap((quantity) => {
      const onset = zone[quantity];
      return onset ? [[{ variable: zone.variable, quantity: quantities[quantity] }, onset] as const] : [];
    }),
  );
  return [
    family(
      'danger_zone_onset',
      found.map(([labels, { onset }]) => [labels, onset]),
    ),
    family(
      'danger_zone_onset_low',
      found.map(([labels, { low }]) => [labels, low]),
    ),
    family(
      'danger_zone_onset_high',
      found.map(([labels, { high }]) => [labels, high]),
    ),
  ];
}

/** What the correction took away of the mean squared bias of the regimes, and the fitted peaks before and after. */
function correctionFamilies({ correction: found }: Report): Family[] {
  if (!found) return [];
  const { layer, accepted } = found;
  const gains = found.bound.bias.filter(({ over }) => over === 'regimes');
  const peaks = found.peaks.map((one) => [{ regime: String(one.regime), series: one.series }, one] as const);
  return [
    ...withError(
      'correction_gain_ratio',
      gains.map(({ share }) => [{ layer }, share]),
    ),
    family('correction_accepted', [[{ layer }, accepted ? 1 : 0]]),
    ...withError(
      'peak_fit_position',
      peaks.map(([labels, { position }]) => [labels, position]),
    ),
    ...withError(
      'peak_fit_width',
      peaks.map(([labels, { width }]) => [labels, width]),
    ),
  ];
}
