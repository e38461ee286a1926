import type { CorrectionReport, Estimate } from '../../schemas/report.js';
import { namedBounds, shareWords } from './bound_words.js';
import { formatCount, formatEstimate } from '../page/client/shared/format_estimate.js';

const words = ({ value, error }: Estimate): string => formatEstimate(value, error);

/** Accepted or refused, and why. */
export const correctionVerdict = ({ accepted, reason }: CorrectionReport): string =>
  accepted ? `The correction is accepted: ${reason}.` : `No correction is made (identity): ${reason}.`;

/** In one line: accepted or refused, and mean, median and σ68 before and after. */
export function correctionLine(correction: CorrectionReport): string {
  const { accepted, layer, reason, before, after } = correction;
  if (!accepted) return `Correction refused, identity used: ${reason}.`;
  const change = (what: string, was: Estimate, is: Estimate) => `${what} ${words(was)} → ${words(is)}`;
  const changes = [
    change('bias', before.bias, after.bias),
    change('median', before.median, after.median),
    change('σ68', before.sigma68, after.sigma68),
  ];
  const shares = namedBounds(correction)
    .filter(({ over }) => over === 'regimes')
    .map((bound) => `${shareWords(bound)} (${bound.of})`);
  return (
    `Correction accepted (${layer}): ${changes.join(', ')}, from ${formatCount(after.n)} test events; ` +
    `of the mean squared bias of the regimes ${shares.join(' and ')} is taken away.`
  );
}
