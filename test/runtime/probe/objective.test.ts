import { expect, test } from 'vitest';
import { cardFormulas } from '../../../runtime/probe/card_formulas.js';
import { objectiveOf, selectRows, type CardRows, type RunModel } from '../../../runtime/probe/objective.js';
import { modelCard } from '../../support/model_card.js';

const numbers = (...x: number[]): Float64Array => Float64Array.from(x);
const rowsOf = (values: Record<string, Float64Array>): CardRows => {
  const { length } = Object.values(values)[0]!;
  return {
    length,
    keyLo: new Uint32Array(length),
    keyHi: new Uint32Array(length),
    values: new Map(Object.entries(values)),
  };
};
/** a + sum - 20. */
const model: RunModel = ([a, , sum], n) => Promise.resolve([a!.slice(0, n).map((x, i) => x + sum![i]! - 20)]);

const events = rowsOf({
  '(input a)': numbers(5, 6, 30, NaN),
  '(input b)': numbers(4, -1, 1, 1),
  '(input sum)': numbers(9, 5, 31, 1),
  '(input n)': numbers(1, 1, 1, 1),
  '(sigma a)': numbers(2, 2, NaN, 2),
  '(sigma b)': numbers(0.4, 0, 0.1, 0.1),
  '(label)': numbers(0, 1, 1, 1),
});

test('a classifier: margins have the sign of the label, wrong and unanswered events are not right', async () => {
  expect(Object.keys(cardFormulas(modelCard())).sort()).toEqual([...events.values.keys()].sort());
  const probed = await objectiveOf(modelCard(), model, events);
  expect([...probed.score]).toEqual([-6, -9, 41, NaN]);
  expect([...probed.right]).toEqual([1, 0, 1, 0]);
  expect([...probed.signal!]).toEqual([0, 1, 1, 1]);
  expect(probed.envelope).toMatchObject({ names: ['a', 'b'], groups: [] });
  expect([...probed.envelope.low]).toEqual([0, -Infinity]);
  expect([...probed.envelope.high]).toEqual([100, Infinity]);
  // A sigma that is not known holds the value.
  expect(probed.events.sigma.map((x) => [...x])).toEqual([
    [2, 2, 0, 2],
    [0.4, 0, 0.1, 0.1],
  ]);
  const margin = await probed.objective.margin(Int32Array.of(0, 2, 0), [numbers(7, 30, 5), numbers(4, 1, 4)]);
  expect([...margin]).toEqual([2, 41, 6]);
});

test('without a label the decision is the label', async () => {
  const card = modelCard({ task: { kind: 'classify', output: 'logit' } });
  const { right, signal } = await objectiveOf(card, model, rowsOf(Object.fromEntries([...events.values].slice(0, -1))));
  expect([...signal!]).toEqual([0, 0, 1, 0]);
  expect([...right]).toEqual([1, 1, 1, 0]);
});

test('a regressor is pushed one way, in resolutions', async () => {
  const card = modelCard({ task: { kind: 'regress', output: 'logit', resolution: '4', tolerance: 2 } });
  const some = selectRows(
    { ...events, values: new Map([...events.values, ['(resolution)', numbers(4, 4, 4, 4)]]) },
    Int32Array.of(2, 0),
  );
  for (const direction of [1, -1] as const) {
    const probed = await objectiveOf(card, model, some, direction);
    expect([...probed.right]).toEqual([1, 1]);
    expect(probed.signal).toBeNull();
    // f rises by 2 in a and 2 in the sum: 4 of the 8 it takes.
    const margin = await probed.objective.margin(Int32Array.of(0, 1), [numbers(30, 7), numbers(1, 4)]);
    expect([...margin]).toEqual([1, 1 - 0.5 * direction]);
  }
});
