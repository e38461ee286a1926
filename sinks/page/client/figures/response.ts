import { formatCount, formatEstimate, formatPlain } from '../shared/format_estimate.js';
import type { DrawOn } from './drawing/canvas.js';
import { flowBoxes } from './drawing/flow_boxes.js';
import { hatchPattern } from './drawing/hatch.js';
import { stageInk } from './drawing/inks.js';
import { legend, note, type LegendEntry } from './drawing/legend.js';
import { responseData, type ResponseData } from './drawing/response_data.js';
import { countAxis, countMarks, highOf, ratioStorey, STRIP } from './drawing/response_marks.js';
import { responseRows } from './drawing/response_rows.js';
import { regimeWords, stageWords, windowWords } from './drawing/selection.js';
import { sheet } from './drawing/sheet.js';
import { stack, type Storey } from './drawing/stack.js';

const ID = 'response';

function entriesOf(data: ResponseData, hatch: string): LegendEntry[] {
  const { stage, reports, selected, reference, other, flows, core, sigma68, chi } = data;
  const words = `${windowWords(reports)}, ${stageWords(stage, reports)}: ${formatCount(selected.n)} events`;
  const entries: LegendEntry[] = [{ mark: stage === 'raw' && other ? 'open' : 'dot', colour: stageInk(stage), words }];
  if (other) entries.push({ mark: 'line', dash: '4 3', colour: stageInk(other.stage), words: `same, ${other.stage}` });
  if (reference) {
    const from = windowWords(data.referenceReports);
    const scaled = `reference, ${from}: ${formatCount(reference.n)} events, scaled by ${formatPlain(data.scale, 3)}`;
    entries.push({ mark: 'line', colour: 'currentColor', words: scaled });
  }
  if (flows.length > 0) entries.push({ mark: 'hatch', colour: hatch, words: 'beyond the axis' });
  entries.push(note(`core ${formatEstimate(core.value, core.error)}`));
  entries.push(note(`σ68 ${formatEstimate(sigma68.value, sigma68.error)}`));
  if (chi) entries.push(note(`χ²/ndf = ${formatPlain(chi.chi2, 3)}/${chi.ndf}`));
  return entries;
}

/**
 * δ of the selected windows, counts summed over windows and regimes with bars of √n, over the reference windows scaled
 * to as many events; the other stage dashed. Below, their ratio a/b with σ = (a/b) √(1/a + 1/b); bins without events on
 * either side have none. What lies beyond the axis is in hatched end bins, with its count. Core and σ68 are means over
 * windows and regimes, weighted by events. Null without a distribution.
 */
export const response: DrawOn = (view, canvas) => {
  const data = responseData(view);
  if (!data) return null;
  const { reports, selected, reference, flows, core, sigma68, chi, stage } = data;
  const name = view.description.response?.title ?? 'δ';
  const axis = countAxis(data);
  const hatch = `${ID}-flow`;
  const main: Storey = {
    height: view.width < 500 ? 210 : 270,
    y: { title: `Events / ${formatPlain(selected.width, 3)}`, ...axis },
    marks: countMarks(canvas, data, axis),
  };
  const head = legend(canvas, 8, 6, view.width - 16, entriesOf(data, `url(#${hatch})`));
  const strip = (side: 'under' | 'over') => (flows.some((flow) => flow.side === side) ? STRIP * selected.width : 0);
  const domain = [selected.low - strip('under'), highOf(selected) + strip('over')] as const;
  const drawn = stack(
    canvas,
    { left: 0, top: head.height + 8, width: view.width },
    () => ({ title: name, domain }),
    reference ? [main, ratioStorey(canvas, data, reference)] : [main],
  );
  const words = windowWords(reports);
  const numbers = `core ${formatEstimate(core.value, core.error)}, σ68 ${formatEstimate(sigma68.value, sigma68.error)}`;
  const against = chi
    ? `against the reference χ² is ${formatPlain(chi.chi2, 3)} for ${chi.ndf} degrees of freedom`
    : 'there is no reference to compare with';
  const left = selected.others > 0 ? `; ${selected.others} windows with other bins are left out` : '';
  return sheet(canvas, view, {
    ...{ id: ID, title: `Response ${name}, ${regimeWords(view)}`, windows: words, height: drawn.bottom },
    summary: `${formatCount(selected.n)} ${stage} events of ${words}: ${numbers}; ${against}${left}.`,
    rows: responseRows(name, data),
    parts: [
      hatchPattern(canvas, hatch, view.dark ? '#16191e' : '#ffffff', stageInk(stage)),
      head.node,
      ...drawn.panels.map(({ node }) => node),
      ...drawn.panels.slice(0, 1).flatMap((frame) => flowBoxes(canvas, frame, data, axis.domain[0], `url(#${hatch})`)),
    ],
  });
};
