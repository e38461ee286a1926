import { RANK } from '../../operators/checks/verdict.js';
import type { Report } from '../../schemas/report.js';
import { typeset } from './escape.js';
import { formatEstimate, formatShare } from '../page/client/shared/format_estimate.js';
import { probeAlerts } from './probe_words.js';

/**
 * What turned bad, in which regime, by how much and since when, and what the correction takes back; the models that a
 * probe fools: a box for the head.
 */
export function alertBox(report: Report): string {
  const probed = probeAlerts(report);
  const items = [...regimeAlerts(report), ...probed];
  if (items.length === 0) return '';
  const bad = probed.length > 0 || (report.quality ?? []).some(({ verdict }) => verdict === 'bad');
  const list = items.map((line) => `<li>${typeset(line)}</li>`).join('');
  return `<aside class="box ${bad ? 'bad' : 'medium'}"><h2>Alert</h2><ul>${list}</ul></aside>\n`;
}

function regimeAlerts({ quality = [], timeline, correction }: Report): string[] {
  const worst = quality
    .filter(({ verdict }) => RANK[verdict] > RANK.good)
    .sort((a, b) => RANK[b.verdict] - RANK[a.verdict]);
  if (worst.length === 0) return [];
  const items = worst.map(({ regime, verdict, why }) => `Regime ${regime} is ${verdict}: ${why}`);
  const last = timeline?.online?.windows.at(-1);
  if (last && last.version !== null) {
    const [before, after] = [last.raw, last.corrected].map(({ value, error }) => formatEstimate(value, error));
    items.push(
      `The correction in effect in the last window takes the mean of the core of δ from ${before!} to ${after!}.`,
    );
  }
  const bound = correction?.accepted ? correction.bound.target[0] : undefined;
  if (bound && bound.share.value !== null && bound.share.error !== null) {
    const { value, error } = bound.share;
    const share = formatShare(value, value - error, value + error);
    items.push(
      `Over the whole sample it takes away ${share} of the mean squared bias of the core that any function of the regime could.`,
    );
  }
  return items;
}
