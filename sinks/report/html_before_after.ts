import type { CorrectionReport, Report } from '../../schemas/report.js';
import { typeset } from './escape.js';
import { formatCount, formatShare } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, stacked, tableHtml, words } from './html_table.js';

type Stage = CorrectionReport['before'];

function stageCells(
  correction: CorrectionReport,
  regime: number | 'all',
  series: 'raw' | 'corrected',
  stage: Stage,
): string[] {
  const peak = correction.peaks.find((one) => one.regime === regime && one.series === series);
  const distance = correction.distances.find((one) => one.regime === regime && one.stage === series);
  return [
    estimateHtml(stage.bias),
    estimateHtml(stage.median),
    estimateHtml(stage.sigma68),
    estimateHtml(stage.iqr),
    formatShare(stage.tail.value, stage.tail.low, stage.tail.high).replace(/ %$/, ''),
    peak ? estimateHtml(peak.position) : '—',
    peak ? estimateHtml(peak.width) : '—',
    distance ? estimateHtml(distance.wasserstein) : '—',
  ];
}

/** Response, peak and distance to the truth of the test events before and after a correction, by regime. */
export function beforeAfterTable(report: Report, correction: CorrectionReport): string {
  const unit = report.distributions.spectrum?.axis.unit;
  const within = (what: string) => (unit ? `${what} [${unit}]` : what);
  const labels = new Map<number | 'all', string>(report.regimes?.map.map(({ id, label }) => [id, label]));
  const columns = [
    ...words('regime', ''),
    ...numbers('n', 'bias', 'median', 'σ68', 'IQR/1.349', 'tail [%]'),
    ...numbers(within('peak'), within('width'), within('W1')),
  ];
  const all = {
    regime: 'all' as const,
    n: correction.after.n,
    before: correction.before,
    after: correction.after,
    worse: false,
  };
  const rows = [...correction.regimes, all].flatMap(({ regime, n, before, after, worse }) => {
    const head = regime === 'all' ? 'all regimes' : `${regime} ${typeset(labels.get(regime) ?? '')}`;
    return [
      [head, 'before', formatCount(n), ...stageCells(correction, regime, 'raw', before)],
      [
        '',
        worse ? 'after: <strong>worse</strong>' : 'after',
        '',
        ...stageCells(correction, regime, 'corrected', after),
      ],
    ];
  });
  const table = tableHtml(
    'Test events before and after the correction',
    columns,
    rows.map((row) => row.map(stacked)),
    'fit',
  );
  return `${table}<p class="notes">Every event counts 1. Peak and width are those of the fitted spectrum, W1 its Wasserstein-1 distance to that of the truth. Worse: |bias| or |median| grew by more than 2 errors.</p>`;
}
