import type { ProbeReport } from '../../schemas/probe_report.js';
import { escapeText, typeset } from '../report/escape.js';
import { formatCount, formatNumber, formatPlain } from '../page/client/shared/format_estimate.js';
import { figureHtml, sampleWords } from '../report/html.js';
import { css } from '../report/html_style.js';
import { estimateHtml, numbers, tableHtml, words } from '../report/html_table.js';
import type { Figure } from '../report/sheet.js';
import { eventLines } from './event_words.js';
import { probeFigures } from './figures.js';
import { headlineOf } from './headline.js';
import { attackTable } from './html_attacks.js';
import { fooledTables } from './html_fooled.js';
import { hiddenTables } from './html_hidden.js';
import { mostFooledTable } from './html_most_fooled.js';
import { neededTables } from './html_needed.js';
import { verdict } from './verdict.js';

const more = '.moves .move{white-space:nowrap;display:inline-block;margin-right:.9em}';

/** The report of a probe as one page: no script, no network, light and dark. The same report gives the same bytes. */
export function probeHtml(report: ProbeReport, drawn: readonly Figure[] = probeFigures(report)): string {
  const lines = (of: readonly string[]) => of.map((line) => `<li>${typeset(line)}</li>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Probe: ${escapeText(report.title)}</title>
<style>${css}${more}</style>
</head>
<body>
<main>
<header><h1>Probe: ${typeset(report.title)}</h1>
<p>${modelWords(report)}</p>
<p>${report.samples.map(sampleWords).join('<br>')}</p>
<ul>${lines(eventLines(report))}</ul>
<div class="box"><h2>Verdict</h2><ul>${lines(verdict(report))}</ul></div></header>
${part(report, 'Fooled events', fooledTables(report), drawn, /^fooled_/)}${part(report, 'Hidden systematic', hiddenTables(report), drawn, /^hidden_/)}${part(report, 'Size needed', neededTables(report), drawn, /^$/)}${part(report, 'Distributions and correlations', attackTable(report), drawn, /^(distributions|correlations)/)}${part(report, 'Changes', pullsNote(report), drawn, /^(pulls|output_shift_)/)}${part(report, 'Most fooled events', mostFooledTable(report), drawn, /^$/)}<section><h2>Events and features</h2>
${regimeTable(report)}${featureTable(report)}${notes(report)}</section>
<footer>${provenance(report)}</footer>
</main>
</body>
</html>
`;
}

function modelWords({ model, kind, figureOfMerit }: ProbeReport): string {
  const what = kind === 'classify' ? 'classifier' : 'regressor';
  const merit = figureOfMerit
    ? `; ${typeset(figureOfMerit.name)} ${estimateHtml(figureOfMerit.value)} on these events`
    : '; no figure of merit: the sample has no truth';
  return `<strong>${escapeText(model)}</strong>, a ${what}${merit}.`;
}

/** A part with its tables and figures; figures of attacks other than the headline one are folded away. */
function part(report: ProbeReport, title: string, html: string, drawn: readonly Figure[], names: RegExp): string {
  const own = drawn.filter(({ name }) => names.test(name));
  if (html === '' && own.length === 0) return '';
  const first = headlineOf(report)?.attack.name;
  const others = report.attacks.map(({ name }) => name).filter((name) => name !== first);
  const folded = own.filter(({ name }) => others.some((other) => name.endsWith(`_${other}`)));
  const shown = own.filter((figure) => !folded.includes(figure)).map(figureHtml);
  const rest =
    folded.length === 0
      ? ''
      : `<details><summary>The same of the other attacks</summary>${folded.map(figureHtml).join('\n')}</details>`;
  return `<section><h2>${title}</h2>\n${html}\n${shown.join('\n')}${rest}</section>\n`;
}

const pullsNote = ({ attacks }: ProbeReport): string =>
  attacks.length === 0
    ? ''
    : '<p class="notes">A pull is (x′ − x) / σ of one input; σ is what the model card declares.</p>';

function regimeTable({ regimes }: ProbeReport): string {
  const rows = regimes.map(({ id, label, share, events }) => [
    String(id),
    typeset(label),
    formatCount(events),
    formatNumber(100 * share, 1),
  ]);
  return tableHtml('Regimes of the probed events', [...words('id', 'label'), ...numbers('n', 'share [%]')], rows);
}

const roles = { free: 'changed', follows: 'follows from others', held: 'held' };

function featureTable({ features }: ProbeReport): string {
  const rows = features.map(({ name, unit, role }) => [escapeText(name), escapeText(unit ?? '—'), roles[role]]);
  return `<details><summary>Features of the model</summary>${tableHtml('Features of the model', words('feature', 'unit', 'in the probe'), rows)}</details>`;
}

const notes = ({ notes: lines }: ProbeReport): string =>
  lines.length === 0 ? '' : `<p class="notes">${lines.map((line) => `Note: ${typeset(line)}.`).join('<br>')}</p>`;

function provenance(report: ProbeReport): string {
  const { constraints, timing } = report;
  const lines = [
    `regimewatch ${report.regimewatch}`,
    `model ${report.model} ${report.modelSha256}`,
    `card ${report.cardHash}`,
    `pipeline ${report.pipeline} ${report.pipelineHash}`,
    `seed ${report.seed}, random directions ${report.randomTries}, caps: distance ${constraints.distance}, correlation ${constraints.correlation}`,
    `state ${report.stateHash}`,
    ...report.samples.map(({ path, sha256 }) => `${path} ${sha256}`),
    ...(timing
      ? [`${formatPlain(timing.seconds)} s, ${formatCount(timing.evaluationsPerSecond)} rows of the model per second`]
      : []),
  ];
  return lines.map((line) => `<code>${escapeText(line)}</code>`).join('<br>');
}
