import type { ZoneReport } from '../../schemas/report.js';
import { titled } from './titled.js';
import { formatInterval, formatPlain, formatTo } from '../page/client/shared/format_estimate.js';

export type Quantity = ZoneReport['profiles'][number]['quantity'];
export type Onset = NonNullable<ZoneReport['raw']>;

export const quantities = ['raw', 'sigma68', 'pull'] as const satisfies readonly Quantity[];

/** What a quantity is called; a pull is one against a model. */
export function quantityName(quantity: Quantity, { pullModel }: ZoneReport): string {
  if (quantity === 'pull') return `mean pull${pullModel === null ? '' : ` (${pullModel} model)`}`;
  return quantity === 'raw' ? 'bias' : 'σ68';
}

const withArticle = (name: string): string => (name.startsWith('σ') ? name : `the ${name}`);

/** A reason in which the variable is called by its title. */
const named = ({ variable, title }: ZoneReport, reason: string): string =>
  titled({ context: [{ variable, title }] }, reason);

const tailOf = (unit: string | null): string => (unit === null ? '' : ` ${unit}`);

/** '310 +26 −14 GeV': the 95 % interval. */
export const onsetWords = ({ onset, low, high }: Onset, unit: string | null): string =>
  `${formatInterval(onset, low, high)}${tailOf(unit)}`;

/** One sentence: from where on a quantity leaves its baseline, or why there is no such place. */
export function zoneSentence(zone: ZoneReport, quantity: Quantity): string {
  const { title, unit, reasons } = zone;
  const found = zone[quantity];
  const name = withArticle(quantityName(quantity, zone));
  if (!found)
    return `${name.replace(/^t/, 'T')} has no onset in ${title}: ${named(zone, reasons[quantity] ?? 'it is not known')}.`;
  const { onset, low, high, from, fromReason, tolerance, significance } = found;
  const [at, left, right] = formatTo(Math.max(onset - low, high - onset), onset, low, high);
  const place = `From ${title} = ${at ?? ''}${tailOf(unit)} on (95 %: ${left ?? ''} – ${right ?? ''}${tailOf(unit)})`;
  const beyond =
    from === null
      ? `no bin begins a range that is wholly beyond ${formatPlain(tolerance)}: ${named(zone, fromReason ?? 'it is not known')}`
      : `every bin from ${formatPlain(from)}${tailOf(unit)} on is beyond ${formatPlain(tolerance)}`;
  return `${place} ${name} leaves its baseline (${significance.toFixed(1)} sigma); ${beyond}.`;
}

/** All quantities in one line: 'H_T: bias from 310 +26 −14 GeV on, …; no onset of the mean pull'. */
export function zoneLine(zone: ZoneReport): string {
  const found = quantities.flatMap((quantity) => {
    const onset = zone[quantity];
    return onset ? [`${quantityName(quantity, zone)} from ${onsetWords(onset, zone.unit)} on`] : [];
  });
  const none = quantities.filter((quantity) => !zone[quantity]).map((quantity) => quantityName(quantity, zone));
  const parts = [
    ...(found.length > 0 ? [`${found.join(', ')} (95 %)`] : []),
    ...(none.length > 0 ? [`no onset of ${none.join(', ')}`] : []),
  ];
  return `${zone.title}: ${parts.join('; ')}`;
}
