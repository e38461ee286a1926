import type { Report } from '../../../schemas/report.js';
import { axisTitle } from '../axis_title.js';
import { cells } from '../cells.js';
import { ramp, sequential } from '../../page/client/shared/colours.js';
import { colourBar } from '../colour_bar.js';
import { densityScale } from '../density_scale.js';
import { formatCount } from '../../page/client/shared/format_estimate.js';
import { panel } from '../panel.js';
import { sheet, type Figure } from '../sheet.js';
import { shownPlane } from '../shown.js';

/** The number of events over the first context variable and the spectrum, on a logarithmic colour scale. */
export function spectrumPlane(report: Report): Figure[] {
  const data = report.distributions.spectrumPlane;
  if (!data) return [];
  const { x, y, n, outside } = shownPlane(data, 70);
  const { level, axis } = densityScale(n);
  const frame = panel({
    left: 92,
    top: 64,
    width: 712,
    height: 420,
    marks: [],
    x: { title: axisTitle(x), domain: [x.edges[0]!, x.edges.at(-1)!] },
    y: { title: axisTitle(y), domain: [y.edges[0]!, y.edges.at(-1)!] },
  });
  // The darkest colours are left to the ground of a dark page.
  const paint = (t: number) => `fill="${ramp(sequential, 0.1 + 0.9 * t)}"`;
  const drawn = cells(frame, x.edges, y.edges, 'density', (cell) => (n[cell] ? paint(level(n[cell])) : null));
  const bar = colourBar(836, 64, 420, axis, paint);
  const inside = n.reduce((a, b) => a + b, 0);
  const title = `${y.title}, reconstructed, against ${x.title}`;
  const description =
    `${title}: number of events in each cell${report.weight === null ? '' : ', without their weights'}, colours logarithmic, empty cells blank; ` +
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
