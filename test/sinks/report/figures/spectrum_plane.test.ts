import { expect, test } from 'vitest';
import { formatCount } from '../../../../sinks/page/client/shared/format_estimate.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = makeReport({ events: 4000 });
const figure = figureOf(report, 'spectrum_plane');

test('axes and the colour legend say what they show', () => {
  expect(figure.words[0]).toBe('mll, reconstructed, against HT');
  for (const text of ['HT [GeV]', 'mll [GeV]', 'Events / cell']) expect(figure.words).toContain(text);
});

test('filled cells alone are drawn, and every event is inside or outside the frame', () => {
  const plane = report.distributions.spectrumPlane!;
  const inside = plane.n.reduce((sum, n) => sum + n, 0);
  expect(inside + plane.outside).toBe(4000);
  expect(figure.description).toContain(
    `${formatCount(inside)} events inside the frame, ${formatCount(plane.outside)} outside`,
  );
  const cells = Number(figure.root.querySelector('[data-layer="density"]')!.getAttribute('data-cells'));
  expect(cells).toBeGreaterThan(0);
  expect(cells).toBeLessThanOrEqual(plane.n.filter((n) => n > 0).length);
});

test('a weighted report says that cells are counted without weights', () => {
  expect(figureOf(makeReport({ events: 500, weighted: true }), 'spectrum_plane').description).toContain(
    'without their weights',
  );
});
