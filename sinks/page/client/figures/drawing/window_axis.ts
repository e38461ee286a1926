import type { WindowReport } from '../../../../../schemas/window_report.js';
import { formatPlain } from '../../shared/format_estimate.js';
import { textWidth } from '../../shared/text_width.js';
import { linearTicks, type Tick } from '../../shared/ticks.js';
import type { Domain } from './panel.js';
import type { PanelAxis } from '../../shared/panel_axis.js';

/** Windows by index, evenly, labelled by number at round numbers as often as the labels fit. */
export function windowAxis(reports: readonly WindowReport[], domain: Domain, pixels: number): PanelAxis {
  const [first, last] = [reports[0]!, reports.at(-1)!];
  const widest = textWidth(formatPlain(last.window, 15)) + 16;
  const most = Math.max(1, Math.floor(pixels / widest));
  const round = linearTicks(first.window, last.window, most).map(({ at }) => at);
  const wanted = round.length > 0 ? round : [first.window];
  const byNumber = new Map(reports.map(({ window, index }) => [window, index]));
  const ticks = wanted.flatMap((window): Tick[] => {
    const at = byNumber.get(window);
    return at === undefined ? [] : [{ at, label: formatPlain(window, 15) }];
  });
  return { title: 'window', domain, ticks };
}
