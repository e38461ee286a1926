import { expect, it } from 'vitest';
import { givenName, planProgram } from '../../../operators/compiled/plan_program.js';
import { parse } from '../../../operators/expressions/formula.js';
import { lower } from '../../../operators/expressions/lower.js';

it('parts what is computed from numbers from what the plain loops give', () => {
  const texts = { n: 'count(jets)', per: 'pt / n', same: 'pt / n', two: '2' };
  const definitions = new Map(Object.entries(texts).map(([name, text]) => [name, parse(text)]));
  const names = [...definitions.keys(), 'pt'];
  const { nodes, results } = lower(definitions, [...definitions.keys()], names, (name) => name === 'jets');
  const plan = planProgram(nodes, new Map(names.map((name) => [name, results.get(name)!])), 'f64');
  const n = results.get('n')!;
  expect([...plan.computed]).toEqual([
    ['per', 0],
    ['same', 0],
  ]);
  expect(plan.lanes).toHaveLength(1);
  expect(plan.columns).toEqual([n, results.get('pt')!].sort((a, b) => a - b));
  expect([...plan.rest.keys()]).toEqual(['n', 'two', 'pt', givenName(n)]);
  expect(plan.tooLarge).toBe(false);
});
