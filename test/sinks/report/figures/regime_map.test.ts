import { expect, test } from 'vitest';
import { formatCount } from '../../../../sinks/page/client/shared/format_estimate.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

/** Area of a closed path of straight lines, in pixels (shoelace formula). */
function areaOf(path: string): number {
  const points = path
    .slice(1, -1)
    .split('L')
    .map((point) => point.split(',').map(Number));
  return Math.abs(
    points.reduce((sum, [x, y], i) => {
      const [x2, y2] = points[(i + 1) % points.length]!;
      return sum + (x! * y2! - x2! * y!) / 2;
    }, 0),
  );
}

test.each([4, 7])('the regions of %s regimes fill the frame, each with its centroid and colour', (count) => {
  const report = makeReport({ events: 20000, regimes: count });
  const { root, words } = figureOf(report, 'regime_map');
  const regions = [...root.querySelectorAll('[data-layer="regions"] path')];
  expect(regions).toHaveLength(count);
  expect(new Set(regions.map((path) => path.getAttribute('fill'))).size).toBe(count);
  const areas = regions.map((path) => areaOf(path.getAttribute('d')!));
  expect(areas.reduce((sum, area) => sum + area, 0) / (512 * 420)).toBeCloseTo(1, 3);
  const discs = root.querySelectorAll('[data-layer="centroids"] circle');
  expect([...discs]).toHaveLength(count);
  for (const { id, label, n } of report.regimes!.map) {
    expect(words).toContain(`${id}: ${label}`.replaceAll('_', ''));
    expect(words).toContain(`n = ${formatCount(n)}`);
  }
  expect(words.filter((text) => /^share .* %$/.test(text))).toHaveLength(count);
  for (const text of ['HT [GeV]', '|Δη|', 'Events / cell']) expect(words).toContain(text);
});

test('a centroid beyond the frame is counted in the caption', () => {
  const report = makeReport({ events: 4000 });
  report.regimes!.map[3]!.centroid.H_T = 1e5;
  const { root, description } = figureOf(report, 'regime_map');
  expect([...root.querySelectorAll('[data-layer="centroids"] circle')]).toHaveLength(3);
  expect(description).toContain('1 centroids lie beyond the frame');
});
