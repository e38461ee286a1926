import { describe, expect, test } from 'vitest';
import { planPipeline, WEIGHT, WINDOW } from '../../runtime/pipeline_plan.js';
import { basePipeline } from '../support/stage.js';

const planOf = (...overrides: string[]) => {
  const { pipeline, locate } = basePipeline(...overrides);
  return planPipeline(pipeline, locate);
};

const OBJECTS = ['(object gen_pt1)', '(object abs(gen_eta1))', '(object gen_pt2)', '(object abs(gen_eta2))'];

test('keeps the context, the response, the spectrum, the weight, the features and the window, each once', () => {
  expect(planOf().kept).toEqual(['H_T', 'abs_deta', 'sum_reco', 'sum_truth', WEIGHT, ...OBJECTS, WINDOW]);
  expect(planOf('objects=none', 'window=none').kept).toEqual(['H_T', 'abs_deta', 'sum_reco', 'sum_truth', WEIGHT]);
  expect(planOf('window={ by: [w, event] }').kept.slice(-3)).toEqual(['w', 'event', WINDOW]);
  expect(planOf('spectrum={ reco: sum_reco, bins: [10, 0, 1] }').kept).toEqual(planOf().kept);
  expect(planOf('response=none', 'weight=none', 'spectrum={ reco: gen_pt1, truth: w, bins: [10, 0, 1] }').kept).toEqual(
    ['H_T', 'abs_deta', 'gen_pt1', 'w', WINDOW],
  );
});

test('orders the formulas by need and asks for no other columns', () => {
  const { order, needs } = planOf(
    'define={ sum_reco: twice / 2 + 0 * a, twice: 2 * b, b: reco_pt1 + gen_pt2, a: b / b, idle: gen_eta1 * w, sum_truth: gen_pt1 + gen_pt2 }',
    'weight=none',
  );
  for (const [before, after] of [
    ['b', 'twice'],
    ['b', 'a'],
    ['twice', 'sum_reco'],
    ['a', 'sum_reco'],
  ] as const) {
    expect(order.indexOf(before)).toBeGreaterThanOrEqual(0);
    expect(order.indexOf(before)).toBeLessThan(order.indexOf(after));
  }
  expect(order).not.toContain('idle');
  expect([...needs].sort()).toEqual(['gen_eta1', 'gen_eta2', 'gen_pt1', 'gen_pt2', 'reco_pt1']);
});

test('gives every definition its unit, also those that nothing needs', () => {
  const { signatures } = planOf('define.ratio=gen_pt1 / gen_pt2', 'define.square=gen_pt1 * gen_pt2');
  expect(signatures.get('H_T')).toMatchObject({ type: 'number', unit: 'GeV' });
  expect(signatures.get('square')).toMatchObject({ type: 'number', unit: 'GeV*GeV' });
  expect(signatures.get('ratio')?.unit ?? '').toBe('');
});

describe('a column can stand for itself', () => {
  test('in the response, the spectrum and the weight', () => {
    const { order, needs } = planOf('response.reco=reco_pt1', 'response.truth=gen_pt1');
    expect(order).toEqual(['H_T', 'abs_deta', WEIGHT, ...OBJECTS]);
    expect(needs).toContain('reco_pt1');
  });
});
