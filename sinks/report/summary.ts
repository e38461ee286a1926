import type { Report } from '../../schemas/report.js';
import { formatCount, formatEstimate, formatPlain } from './format_estimate.js';

type Response = NonNullable<Report['response']>[number];

/** Below this many events a regime or bin is not named as the worst of anything. */
const ENOUGH = 100;

/** What the report says, in words: one line each, every number with its error or its count. */
export function summary(report: Report): string[] {
  const { regimes, response, byContext, peak } = report;
  const lines: string[] = [];
  if (regimes) {
    const largest = [...regimes.map].sort((a, b) => b.n - a.n)[0];
    if (largest) {
      lines.push(
        `${regimes.count} regimes; the largest is ${largest.id} (${largest.label}) with ${formatCount(largest.n)} events.`,
      );
    }
  }
  const name = (id: number | 'all'): string => {
    const label = regimes?.map.find((regime) => regime.id === id)?.label;
    return id === 'all' ? 'all regimes' : `regime ${id} (${label ?? ''})`;
  };
  const rows = (response ?? []).filter(
    (row) => row.split === 'all' && row.stage === 'raw' && row.regime !== 'all' && row.n >= ENOUGH,
  );
  const worst = (of: (row: Response) => number | null): Response | undefined =>
    rows.filter((row) => of(row) !== null).sort((a, b) => of(b)! - of(a)!)[0];
  const biased = worst(({ bias }) => bias.value && Math.abs(bias.value));
  const wide = worst(({ sigma68 }) => sigma68.value);
  if (biased) {
    const { value, error } = biased.bias;
    lines.push(
      `The largest bias is ${formatEstimate(value, error)} in ${name(biased.regime)}, from ${formatCount(biased.n)} events.`,
    );
  }
  if (wide) {
    const { value, error } = wide.sigma68;
    lines.push(`The widest response is σ68 = ${formatEstimate(value, error)} in ${name(wide.regime)}.`);
  }
  if (biased || wide) {
    lines.push(
      'A response that differs between regimes does not show by itself that it depends on the context: σ68 grows with ' +
        'H_T simply because it grows with the p_T of each lepton.',
    );
  }
  for (const { variable, title, unit } of report.context) {
    const bins = (byContext ?? []).filter(
      (row) => row.variable === variable && row.n >= ENOUGH && row.sigma68.value !== null,
    );
    const [first, last] = [bins[0], bins.at(-1)];
    if (!first || !last || first === last) continue;
    const from = last.low === null ? '' : ` from ${formatPlain(last.low)}${unit === null ? '' : ` ${unit}`} on`;
    lines.push(
      `With ${title}, σ68 goes from ${formatEstimate(first.sigma68.value, first.sigma68.error)} in its lowest bin to ` +
        `${formatEstimate(last.sigma68.value, last.sigma68.error)}${from}, the bias from ` +
        `${formatEstimate(first.bias.value, first.bias.error)} to ${formatEstimate(last.bias.value, last.bias.error)} ` +
        `(bins of ${formatCount(first.n)} and ${formatCount(last.n)} events).`,
    );
  }
  const all = (peak ?? []).find(({ regime, series }) => regime === 'all' && series === 'reco');
  if (all && all.position.value !== null) {
    const unit = report.distributions.spectrum?.axis.unit;
    lines.push(
      `The reconstructed spectrum peaks at ${formatEstimate(all.position.value, all.position.error)}${unit ? ` ${unit}` : ''}.`,
    );
  }
  return lines;
}
