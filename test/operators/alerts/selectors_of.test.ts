import { expect, test } from 'vitest';
import { abs, absent, above, increase, maxOver, metric, now, or, sum } from '../../../operators/alerts/conditions.js';
import { selectorsOf } from '../../../operators/alerts/selectors_of.js';

test('every metric of a condition, each time that it is asked for', () => {
  const counter = increase('n_total', { o: 'x' }, 300);
  const greatest = maxOver('b', {}, 60, 30);
  const condition = or(above(abs(metric('a')), now), sum(['x'], or(counter, absent(metric('a', { x: '1' })))));
  expect(selectorsOf(or(condition, greatest))).toEqual([metric('a'), counter, metric('a', { x: '1' }), greatest]);
});
