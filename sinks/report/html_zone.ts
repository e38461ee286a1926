import type { Report } from '../../schemas/report.js';
import { typeset } from './escape.js';
import { growthWords } from './growth_words.js';
import { quantities, zoneSentence } from './zone_words.js';

/** From where on the response changes with the first context variable, or why there is no such place: a box for the head. */
export function zoneBox(report: Report): string {
  const zone = report.dangerZone;
  if (!zone) return '';
  const known = quantities.filter((quantity) => zone[quantity] ?? zone.reasons[quantity] !== undefined);
  const kind = zone.raw || zone.pull ? 'medium' : 'good';
  const items = [
    ...known.map((quantity) => zoneSentence(zone, quantity)),
    ...growthWords(report, (variable) => variable === zone.variable),
  ];
  return (
    `<aside class="box ${kind}"><h2>Danger zone in ${typeset(zone.title)}</h2>` +
    `<ul>${items.map((line) => `<li>${typeset(line)}</li>`).join('')}</ul></aside>\n`
  );
}

/** How σ68 changes with the other context variables. */
export const growthHtml = (report: Report): string =>
  growthWords(report, (variable) => variable !== report.dangerZone?.variable)
    .map((line) => `<p>${typeset(line)}</p>`)
    .join('\n');
