import type { Estimate, Report } from '../../schemas/report.js';
import { binWords } from './bin_words.js';
import { enough } from './few_events.js';
import { findings } from './findings.js';
import { formatCount, formatEstimate } from '../page/client/shared/format_estimate.js';

type Response = NonNullable<Report['response']>[number];
type Bin = NonNullable<Report['byContext']>[number];

const estimateWords = ({ value, error }: Estimate): string => formatEstimate(value, error);

/** What the report says, in words: one line each, every number with its error or its count. */
export function summary(report: Report): string[] {
  const { regimes, response, byContext, peak } = report;
  const lines: string[] = [];
  if (regimes) {
    const largest = [...regimes.map].sort((a, b) => b.n - a.n)[0];
    if (largest && largest.n > 0) {
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
    (row) => row.split === 'all' && row.stage === 'raw' && row.regime !== 'all' && row.n >= enough,
  );
  const worst = (of: (row: Response) => number | null): Response | undefined =>
    rows.filter((row) => of(row) !== null).sort((a, b) => of(b)! - of(a)!)[0];
  const biased = worst(({ bias }) => bias.value && Math.abs(bias.value));
  const wide = worst(({ sigma68 }) => sigma68.value);
  if (biased) {
    lines.push(
      `The largest bias is ${estimateWords(biased.bias)} in ${name(biased.regime)}, from ${formatCount(biased.n)} events.`,
    );
  }
  if (wide) {
    const n = formatCount(wide.n);
    lines.push(
      `The widest response is σ68 = ${estimateWords(wide.sigma68)} in ${name(wide.regime)}, from ${n} events.`,
    );
  }
  if ((biased || wide) && !report.locality) {
    lines.push(
      'A response that differs between regimes does not by itself show that it depends on the context: regimes differ ' +
        'in their objects too, and the response may follow from each object on its own.',
    );
  }
  lines.push(...findings(report));
  for (const { variable, title, unit } of report.context) {
    const bins = (byContext ?? []).filter(
      (row) => row.variable === variable && row.n >= enough && row.sigma68.value !== null,
    );
    const [first, last] = [bins[0], bins.at(-1)];
    if (!first || !last || first === last) continue;
    const place = ({ low, high, n }: Bin) => `${binWords(low, high, unit)}, ${formatCount(n)} events`;
    const change = (pick: (row: Bin) => Estimate) =>
      `from ${estimateWords(pick(first))} to ${estimateWords(pick(last))}`;
    lines.push(
      `With ${title}, σ68 goes ${change((row) => row.sigma68)} and the bias ${change((row) => row.bias)}, ` +
        `between its first and last bin of at least ${enough} events (${place(first)}; ${place(last)}).`,
    );
  }
  const all = (peak ?? []).find(({ regime, series }) => regime === 'all' && series === 'reco');
  if (all && all.position.value !== null) {
    const unit = report.distributions.spectrum?.axis.unit;
    const at = estimateWords(all.position);
    lines.push(
      `The reconstructed spectrum peaks at ${at}${unit ? ` ${unit}` : ''}, from ${formatCount(all.n)} events.`,
    );
  }
  if (report.events.used === 0) lines.push('No event was used.');
  return lines;
}
