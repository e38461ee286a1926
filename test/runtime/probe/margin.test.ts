import { expect, test } from 'vitest';
import { scoreOf } from '../../../runtime/probe/margin.js';
import type { ModelCard } from '../../../schemas/model_card.js';
import { modelCard } from '../../support/model_card.js';

const score = (outputs: object[], task: object, ...columns: number[][]): number[] => {
  const card = modelCard({ outputs, task: { kind: 'classify', ...task } });
  const classify = card.task as Extract<ModelCard['task'], { kind: 'classify' }>;
  return [
    ...scoreOf(
      classify,
      card,
      columns.map((x) => Float64Array.from(x)),
    ),
  ];
};
const logits = [{ name: 's', meaning: 'logit' }];
const probabilities = [{ name: 's', meaning: 'probability' }];

test('a logit against its working point', () => {
  expect(score(logits, { output: 's' }, [-1, 0, 2.5, NaN])).toEqual([-1, 0, 2.5, NaN]);
  expect(score(logits, { output: 's', working_point: 1 }, [-1, 2.5])).toEqual([-2, 1.5]);
});

test('a probability in logits: ln(p / (1 - p)), also at 0 and 1', () => {
  const [half, nine, none, sure, nan] = score(probabilities, { output: 's' }, [0.5, 0.9, 0, 1, NaN]);
  expect(half).toBe(0);
  expect(nine).toBeCloseTo(Math.log(9), 12);
  expect(none).toBeLessThan(-34);
  expect(sure).toBeGreaterThan(34);
  expect(nan).toBeNaN();
  expect(score(probabilities, { output: 's', working_point: 0.9 }, [0.9])).toEqual([0]);
});

test('of several classes the largest other one counts', () => {
  const outputs = ['a', 'b', 'c'].map((name, index) => ({ name, index, meaning: 'logit' }));
  expect(score(outputs, { output: 'b', others: ['a', 'c'] }, [1, 5, 0], [3, 3, NaN], [2, 4, 0])).toEqual([1, -2, NaN]);
  const shares = ['a', 'b'].map((name, index) => ({ name, index, meaning: 'probability' }));
  expect(score(shares, { output: 'a', others: ['b'] }, [0.8], [0.2])[0]).toBeCloseTo(Math.log(4), 12);
});
