import type { Report } from '../../schemas/report.js';
import { escapeText, typeset } from './escape.js';
import { figures, type Figure } from './figures.js';
import { formatCount } from '../page/client/shared/format_estimate.js';
import { contextTable, quantileTable } from './html_context.js';
import { correctionHtml } from './html_correction.js';
import { localityHtml } from './html_locality.js';
import { probesHtml } from './html_probes.js';
import { referenceHtml } from './html_reference.js';
import { regimeTable, responseTable } from './html_regimes.js';
import { css } from './html_style.js';
import { timelineHtml } from './html_timeline.js';
import { alertBox } from './html_alert.js';
import { growthHtml, zoneBox } from './html_zone.js';
import { summary } from './summary.js';

/** The report as one page: no script, no network, light and dark, fit to print. The same report gives the same bytes. */
export function reportHtml(report: Report, drawn: readonly Figure[] = figures(report)): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(report.title)}</title>
<style>${css}</style>
</head>
<body>
<main>
<header><h1>${typeset(report.title)}</h1>
<p>${report.samples.map(sampleWords).join('<br>')}</p>
<p>${eventWords(report)}</p>
${rejections(report)}${alertBox(report)}${zoneBox(report)}</header>
<section><h2>In short</h2>
<ul>${summary(report)
    .map((line) => `<li>${typeset(line)}</li>`)
    .join('')}</ul>
${notes(report)}</section>
<section><h2>Regimes</h2>
${regimeTable(report)}
${responseTable(report)}</section>
${part('Danger zone', growthHtml(report), drawn, /^danger_zone_/)}${part('Locality', localityHtml(report), drawn, /^pull_by_/)}${part('Correction', correctionHtml(report), drawn, /^(correction_by|peak)_/)}${part('Windows', timelineHtml(report), drawn, /^(timeline|checks|online)$/)}${part('Probes', probesHtml(report), drawn, /^probes_/)}${part('Reference', referenceHtml(report), [], /^$/)}
${figureSection(drawn.filter(({ name }) => !own.test(name)))}
<section><h2>Context</h2>
${quantileTable(report)}
${contextTable(report)}</section>
<footer>${provenance(report)}</footer>
</main>
</body>
</html>
`;
}

export const sampleWords = ({ path, format, events }: Report['samples'][number]): string =>
  `<strong>${escapeText(path)}</strong> (${escapeText(format)}, ${formatCount(events)} events)`;

function eventWords({ events: { read, used, rejected, late, duplicate }, weight }: Report): string {
  const turnedAway = Object.values(rejected).reduce((sum, n) => sum + n, 0);
  const parts = Object.entries({ used, rejected: turnedAway, late, duplicate });
  return (
    `${formatCount(read)} events read = ${parts.map(([name, n]) => `${formatCount(n)} ${name}`).join(' + ')}. ` +
    (weight === null ? 'Every event counts 1.' : `Events are weighted by ${escapeText(weight)}.`)
  );
}

function rejections({ events: { rejected } }: Report): string {
  const rows = Object.entries(rejected);
  if (rows.length === 0) return '';
  return `<ul>${rows.map(([reason, n]) => `<li>${formatCount(n)} rejected: ${escapeText(reason)}</li>`).join('')}</ul>\n`;
}

const notes = ({ notes: lines }: Report): string =>
  lines.length === 0 ? '' : `<p class="notes">${lines.map((line) => `Note: ${typeset(line)}.`).join('<br>')}</p>`;

/** Figures that stand in a part of their own. */
const own = /^((danger_zone|pull_by|correction_by|peak|probes)_|(timeline|checks|online)$)/;

/** A part with its words, tables and figures; those of another model are folded away. Nothing if there are none. */
function part(title: string, html: string, drawn: readonly Figure[], names: RegExp): string {
  const figured = drawn.filter(({ name }) => names.test(name));
  if (html === '' && figured.length === 0) return '';
  const folded = figured.filter(({ name }) => /_(declared|learned)$/.test(name));
  const shown = figured.filter((figure) => !folded.includes(figure));
  const more =
    folded.length === 0
      ? ''
      : `<details><summary>Figures of the other model</summary>${folded.map(figureHtml).join('\n')}</details>`;
  return `<section><h2>${title}</h2>\n${html}\n${shown.map(figureHtml).join('\n')}${more}</section>\n`;
}

const figureSection = (drawn: readonly Figure[]): string =>
  drawn.length === 0 ? '' : `<section><h2>Figures</h2>\n${drawn.map(figureHtml).join('\n')}</section>`;

/** A figure with its caption. The name space belongs to files that stand alone; within the page it is understood. */
export const figureHtml = ({ name, description, svg }: Figure): string =>
  `<figure id="${name}"><div class="plate">${svg.trim().replace(/ xmlns="[^"]*"/, '')}</div><figcaption>${typeset(description)}</figcaption></figure>`;

function provenance(report: Report): string {
  const lines = [
    `regimewatch ${report.regimewatch}`,
    `pipeline ${report.pipeline} ${report.pipelineHash}`,
    `regime map ${report.regimes?.version ?? 'none'}`,
    `state ${report.stateHash}`,
    ...report.samples.map(({ path, sha256 }) => `${path} ${sha256}`),
  ];
  return lines.map((line) => `<code>${escapeText(line)}</code>`).join('<br>');
}
