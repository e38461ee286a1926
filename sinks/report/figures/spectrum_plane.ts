import type { Report } from '../../../schemas/report.js';
import { axisTitle } from '../axis_title.js';
import { cells } from '../cells.js';
import { ramp, sequential } from '../colours.js';
import { colourBar } from '../colour_bar.js';
import { formatCount } from '../format_estimate.js';
import { panel } from '../panel.js';
import { sheet, type Figure } from '../sheet.js';
import { shownPlane } from '../shown.js';

/** The number of events over the first context variable and the spectrum, on a logarithmic colour scale. */
export function spectrumPlane(report: Report): Figure[] {
  const data = report.distributions.spectrumPlane;
  if (!data) return [];
  const { x, y, n, outside } = shownPlane(data, 70);
  const most = n.reduce((a, b) => Math.max(a, b), 1);
  const range = Math.log10(most * 1.0001 + 1);
  const level = (count: number) => Math.round((24 * Math.log10(count + 1)) / range) / 24;
  const frame = panel({
    left: 84,
    top: 64,
    width: 720,
    height: 420,
    marks: [],
    x: { title: axisTitle(x), domain: [x.edges[0]!, x.edges.at(-1)!] },
    y: { title: axisTitle(y), domain: [y.edges[0]!, y.edges.at(-1)!] },
  });
  const paint = (t: number) => `fill="${ramp(sequential, t)}"`;
  const drawn = cells(frame, x.edges, y.edges, 'density', (cell) => (n[cell] ? paint(level(n[cell])) : null));
  // The scale runs with log(n + 1), so that single events stand off the blank.
  const ticks = [1, 10, 100, 1000, 10000, 100000, 1e6, 1e7, 1e8]
    .filter((count) => count <= most)
    .map((count) => ({ at: Math.log10(count + 1), label: formatCount(count) }));
  const bar = colourBar(836, 64, 420, { title: 'Events / cell', domain: [0, range], ticks }, paint);
  const inside = n.reduce((a, b) => a + b, 0);
  const title = `${y.title} against ${x.title}`;
  const description =
    `${title}: number of events in each cell, colours logarithmic, empty cells blank; ` +
    `${formatCount(inside)} events inside the frame, ${formatCount(outside)} outside.`;
  return [
    sheet(report, {
      name: 'spectrum_plane',
      title,
      description,
      n: inside + outside,
      height: 560,
      parts: [drawn, frame.svg, bar],
    }),
  ];
}
