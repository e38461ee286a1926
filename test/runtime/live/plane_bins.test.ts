import { expect, test } from 'vitest';
import { planeBins, planeGroups } from '../../../runtime/live/plane_bins.js';
import { basePipeline } from '../../support/stage.js';

test('the plane has the report bins of the first two variables, with their flow bins', () => {
  const { pipeline } = basePipeline('context.extra={ formula: gen_pt1, bins: [10, 0, 100] }');
  const plane = planeBins(pipeline)!;
  expect([plane.x.variable, plane.y.variable]).toEqual(['H_T', 'abs_deta']);
  expect(plane.x.edges).toEqual([0, 50, 100, 200]);
  expect([plane.x.bins, plane.y.bins, plane.groups]).toEqual([5, 12, 60]);
  expect([...planeGroups(plane, Uint16Array.of(0, 1, 4, 2), Uint16Array.of(0, 0, 11, 3), 4)]).toEqual([0, 1, 59, 17]);
});

test('an axis of many bins is joined to twenty at most; both ends stay', () => {
  const edges = Array.from({ length: 54 }, (_, i) => i * i);
  const { pipeline } = basePipeline(`context.H_T.report=[${edges.join()}]`);
  const { x } = planeBins(pipeline)!;
  expect([x.edges.length, x.edges[0], x.edges[1], x.edges.at(-1)]).toEqual([19, 0, 9, 53 * 53]);
  expect(x.bins).toBe(20);
  expect([...x.of]).toEqual([...Array(55).keys()].map((bin) => (bin === 0 ? 0 : bin === 54 ? 19 : Math.ceil(bin / 3))));
});

test('of one variable there is none', () => {
  const { pipeline } = basePipeline();
  expect(planeBins({ ...pipeline, context: { H_T: pipeline.context.H_T! } })).toBeNull();
});
