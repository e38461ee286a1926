import type { PageProbe } from '../../../../schemas/page.js';
import { formatCount, formatEstimate } from '../shared/format_estimate.js';
import type { DrawOn } from './drawing/canvas.js';
import { legend } from './drawing/legend.js';
import { sheet } from './drawing/sheet.js';
import { stack } from './drawing/stack.js';

const FOOLED = '#e42536';
const CONTROL = '#717581';

const shareOf = ({ value, error }: PageProbe['fooled']) =>
  value === null ? [] : [{ value: 100 * value, low: 100 * (value - (error ?? 0)), high: 100 * (value + (error ?? 0)) }];

/**
 * Share of the events that each probe has fooled, in per cent with one standard error, beside the control of random
 * directions of the same size; by regime. Events that were skipped are in the data. Null without probes.
 */
export const probes: DrawOn = (view, canvas) => {
  const { probes: all } = view.status;
  const rows = all.filter(({ regime }) => view.regime === null || regime === 'all' || regime === String(view.regime));
  if (rows.length === 0) return null;
  const at = (i: number): number => rows.length - 1 - i;
  const points = (pick: (probe: PageProbe) => PageProbe['fooled'], shift: number) =>
    rows.flatMap((probe, i) =>
      shareOf(pick(probe)).map((share) => ({
        ...share,
        y: at(i) + shift,
        words: `${probe.name}, ${probe.regime}: ${formatEstimate(share.value, share.value - share.low)} % of ${formatCount(probe.sampled)} events`,
      })),
    );
  const [fooled, control] = [points(({ fooled: of }) => of, 0.13), points(({ control: of }) => of, -0.13)];
  const most = Math.max(1, ...[...fooled, ...control].map(({ high }) => high));
  const series = (of: typeof fooled, colour: string, symbol: 'circle' | 'square', name: string) => [
    canvas.plot.ruleY(of, { x1: 'low', x2: 'high', y: 'y', stroke: colour, strokeWidth: 1.4 }),
    canvas.plot.dot(of, {
      ...{ x: 'value', y: 'y', r: 3.2, symbol, stroke: colour, title: 'words', ariaDescription: name },
      fill: symbol === 'circle' ? colour : 'none',
    }),
  ];
  const head = legend(canvas, 8, 6, view.width - 16, [
    { mark: 'dot', colour: FOOLED, words: 'fooled by the probe' },
    { mark: 'open', colour: CONTROL, words: 'by random directions of the same size' },
  ]);
  const several = new Set(rows.map(({ name }) => name)).size > 1;
  const drawn = stack(
    canvas,
    { left: 0, top: head.height + 8, width: view.width },
    () => ({ title: 'share of events [%]', domain: [0, most * 1.08] }),
    [
      {
        height: 26 * rows.length + 14,
        y: {
          title: '',
          domain: [-0.6, rows.length - 0.4],
          ticks: rows.map(({ name, regime }, i) => ({
            at: at(i),
            label: `${several ? `${name}, ` : ''}${regime === 'all' ? 'all' : `regime ${regime}`}`,
          })),
        },
        marks: [...series(control, CONTROL, 'square', 'control'), ...series(fooled, FOOLED, 'circle', 'fooled')],
      },
    ],
  );
  const whole = rows.filter(({ regime }) => regime === 'all');
  const said = (whole.length > 0 ? whole : rows.slice(0, 1)).map(
    ({ name, fooled: of, control: by, sampled }) =>
      `${name} fools ${formatEstimate(of.value, of.error)} of ${formatCount(sampled)} events, chance ${formatEstimate(by.value, by.error)}`,
  );
  return sheet(canvas, view, {
    ...{ id: 'probes', title: 'Adversarial sensitivity', windows: 'since the start', height: drawn.bottom },
    summary: `${said.join('; ')}.`,
    rows: rows.map(({ name, model, regime, fooled: of, control: by, sampled, skipped }) => ({
      ...{ probe: name, model, regime, fooled: of.value, 'error of fooled': of.error },
      ...{ control: by.value, 'error of control': by.error, sampled, skipped },
    })),
    parts: [head.node, ...drawn.panels.map(({ node }) => node)],
  });
};
