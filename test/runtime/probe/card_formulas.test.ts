import { expect, test } from 'vitest';
import { cardFormulas } from '../../../runtime/probe/card_formulas.js';
import { modelCard } from '../../support/model_card.js';

test('formulas of inputs, uncertainties and label; a missing value is replaced and held', () => {
  expect(cardFormulas(modelCard())).toEqual({
    '(input a)': 'a',
    '(sigma a)': '2',
    '(input b)': 'where((b) == (b), b, -1)',
    '(sigma b)': 'where((b) == (b), 0.1 * abs(b), 0)',
    '(input sum)': 'sum',
    '(input n)': 'count + 1',
    '(label)': 'is_signal',
  });
});

test('truth and resolution of a regressor', () => {
  const task = { kind: 'regress', output: 'logit', truth: 'm_truth', resolution: '0.02 * m_truth' };
  const formulas = cardFormulas(modelCard({ task, inputs: [{ name: 'a', uncertainty: { formula: 'sqrt(a)' } }] }));
  expect(formulas).toEqual({
    '(input a)': 'a',
    '(sigma a)': 'sqrt(a)',
    '(truth)': 'm_truth',
    '(resolution)': '0.02 * m_truth',
  });
});
