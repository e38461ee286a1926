import { expect, it } from 'vitest';
import { pageHinkley, type PageHinkleyState } from '../../../operators/checks/page_hinkley.js';
import { fixture } from './fixture.js';

const fed = (x: readonly (number | null)[], lambda: number): PageHinkleyState =>
  x.reduce<PageHinkleyState>(
    (s, value, window) => pageHinkley.step(s, { window, x: value }),
    pageHinkley.create({ delta: 0.4, lambda }),
  );

it('follows the sums and their extremes of the definition (NumPy)', () => {
  for (let n = 1; n <= fixture.x.length; n++) {
    const { high, low } = fed(fixture.x.slice(0, n), 1000);
    expect(high.sum).toBeCloseTo(fixture.pageHinkley.high[n - 1]!, 12);
    expect(low.sum).toBeCloseTo(fixture.pageHinkley.low[n - 1]!, 12);
  }
});

it('finds a change, and not a baseline that is off from the start', () => {
  const offset = Array.from({ length: 40 }, () => 3);
  expect(pageHinkley.finding(fed(offset, 5))).toMatchObject({ alarm: false, statistic: 0 });
  const found = pageHinkley.finding(fed([...offset, 6, 6, 6], 5));
  expect(found).toMatchObject({ alarm: true, since: 40 });
  expect(found.shift).toBeGreaterThan(2.5);
  expect(pageHinkley.finding(fed([...offset, 0, 0, 0], 5)).shift).toBeLessThan(-2.5);
});

it('holds its mean while in alarm, and passes over unknown windows', () => {
  const state = fed([0, 0, 0, null, 9, 9, 9, 9], 5);
  expect(state).toMatchObject({ windows: 4, mean: 2.25, unknown: 1 });
});
