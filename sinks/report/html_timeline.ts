import type { Report, TimelineReport } from '../../schemas/report.js';
import { typeset } from './escape.js';
import { formatCount, formatEstimate } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, tableHtml, words } from './html_table.js';
import { alarmsOf, changeWords, checkWords, quantityWords, timelineLines, type Change } from './timeline_words.js';

const badges = { null: 'too little data', good: 'good', medium: 'medium', bad: 'bad' };

/** A verdict in words, with a dot in its colour. */
export const verdictHtml = (verdict: keyof typeof badges): string =>
  `<span class="badge ${verdict}">${badges[verdict]}</span>`;

/** Quality of each regime. */
export function qualityTable({ quality = [], regimes }: Report): string {
  const labels = new Map(regimes?.map.map(({ id, label }) => [id, label]));
  const rows = quality.map(({ regime, verdict, why }) => [
    `${regime}`,
    typeset(labels.get(regime) ?? ''),
    verdictHtml(verdict),
    typeset(why),
  ]);
  return tableHtml('Quality of the regimes', words('id', 'label', 'verdict', 'why'), rows, 'fit');
}

function changeTable(change: Change): string {
  const row = (name: string, { value, error, sigma }: Change['total']) => [
    name,
    formatEstimate(value, error),
    sigma.toFixed(1),
  ];
  const rows = [
    row('total', change.total),
    row('mix: the shares of the regimes changed', change.mix),
    row('response: δ changed inside the regimes', change.response),
  ];
  const { before, after } = change;
  const caption =
    `Change of the mean of the core of δ, ${formatCount(before.windows)} windows (${formatCount(before.n)} events) before ` +
    `to ${formatCount(after.windows)} (${formatCount(after.n)}) after window ${change.at}`;
  return `<p>${typeset(changeWords(change))}</p>${tableHtml(caption, [...words('part'), ...numbers('change', 'sigma')], rows)}`;
}

function alarmTable(timeline: TimelineReport): string {
  const rows = alarmsOf(timeline).map(({ check, quantity, regime, raised, cleared, since, change }) => [
    checkWords[check],
    quantityWords[quantity],
    String(regime),
    String(raised),
    cleared === null ? 'still on' : String(cleared),
    since === null ? '—' : String(since),
    estimateHtml(change),
  ]);
  return tableHtml(
    'Alarms',
    [...words('check', 'of', 'regime'), ...numbers('raised at', 'cleared at', 'since', 'change since then')],
    rows,
  );
}

function versionTable({ online }: TimelineReport): string {
  if (!online) return '';
  const short = (version: string | null) => (version === null ? 'identity' : `<code>${version.slice(0, 8)}</code>`);
  const rows = [
    ...online.events.map((event) => ({ of: 'correction', ...event })),
    ...(online.local ?? []).map((event) => ({ of: 'local model', ...event })),
  ]
    .sort((a, b) => a.window - b.window)
    .map(({ of, window, effective, kind, version, reason, ...event }, i, all) => [
      ...[
        of,
        'regime' in event ? `${kind} of regime ${event.regime}` : kind,
        String(window),
        String(effective),
        short(version),
        typeset(reason === all[i - 1]?.reason ? 'as above' : reason),
      ],
    ]);
  const caption = 'Versions of the models';
  const table = tableHtml(caption, words('of', 'what', 'window', 'in effect from', 'version', 'why'), rows, 'fit');
  return table && `<details><summary>${caption}</summary>${table}</details>`;
}

/** What happened over the windows: quality, alarms, the change in two parts, and the versions of the models. */
export function timelineHtml(report: Report): string {
  const { timeline } = report;
  if (!timeline) return qualityTable(report);
  return [
    `<p>${typeset(timelineLines(report)[0]!)}</p>`,
    qualityTable(report),
    timeline.change ? changeTable(timeline.change) : '',
    alarmTable(timeline),
    versionTable(timeline),
  ].join('\n');
}
