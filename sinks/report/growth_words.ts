import type { Report } from '../../schemas/report.js';
import { binWords } from './bin_words.js';
import { formatEstimate, formatPlain } from '../page/client/shared/format_estimate.js';
import { ratio } from './ratio.js';

/** Errors that a ratio must be off what is expected. */
const CLEAR = 3;

/**
 * Whether the change of σ68 along a context variable is what the objects alone explain: σ68 of the highest bin of enough
 * events over that of the lowest, and beside it the width of the residuals against what the local model expects (σ68
 * and an r.m.s. width differ in their tails, so like is compared with like). One sentence a variable.
 */
export function growthWords(report: Report, of: (variable: string) => boolean = () => true): string[] {
  const { byContext = [], locality, context } = report;
  return (locality?.explained ?? []).flatMap(({ variable, from, to, ratio: seen, expected }) => {
    const axis = context.find((one) => one.variable === variable);
    const [first, last] = [from, to].map((low) =>
      byContext.find((row) => row.variable === variable && row.low === low && row.sigma68.value !== null),
    );
    if (!of(variable) || !axis || !first || !last || seen.value === null) return [];
    const growth = ratio(last.sigma68.value!, last.sigma68.error ?? 0, first.sigma68.value!, first.sigma68.error ?? 0);
    if (!growth) return [];
    const place = ({ low, high }: typeof first) => binWords(low, high, axis.unit);
    const off = Math.abs(seen.value - expected) > CLEAR * (seen.error ?? Infinity);
    return [
      `σ68 at ${axis.title} ${place(last)} is ${formatEstimate(growth.value, growth.error)} times that at ${place(first)}. ` +
        `The width of the residuals changes by the factor ${formatEstimate(seen.value, seen.error)} there; ` +
        `from the objects alone the ${locality?.model ?? ''} model expects ${formatPlain(expected, 3)}. The change of the width ` +
        `${off ? 'is not what the objects alone explain' : 'follows from the objects alone and is no violation of locality'}.`,
    ];
  });
}
