import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  maxOver,
  medianOver,
  metric,
  minOver,
  number,
  minus,
  or,
  over,
  plus,
  times,
  unless,
  on,
} from '../../../operators/alerts/conditions.js';
import { promql } from '../../../operators/alerts/promql.js';
import type { Condition, Matching } from '../../../operators/alerts/types.js';

const [a, b, c] = ['a', 'b', 'c'].map((name) => metric(name)) as [Condition, Condition, Condition];

test.each([
  [metric('m', { x: 'say "y"' }), 'm{x="say \\"y\\""}'],
  [number(-0.5), '-0.5'],
  [number(NaN), 'NaN'],
  [number(-Infinity), '-Inf'],
  [{ kind: 'time' }, 'time()'],
  [{ kind: 'absent', of: a }, 'absent(a)'],
  [{ kind: 'increase', name: 'n_total', labels: { o: 'x' }, seconds: 300 }, 'increase(n_total{o="x"}[300s])'],
  [minOver('m', { x: '1' }, 60), 'min_over_time(m{x="1"}[60s])'],
  [maxOver('m', {}, 60, 0), 'max_over_time(m[60s] offset 0s)'],
  [medianOver('m', {}, 3600, 240), 'quantile_over_time(0.5, m[3600s] offset 240s)'],
  [{ kind: 'aggregate', by: ['x', 'y'], with: 'sum', of: plus(a, b) }, 'sum by (x, y) (a + b)'],
  [minus(a, minus(b, c)), 'a - (b - c)'],
  [minus(minus(a, b), c), 'a - b - c'],
  [times(plus(a, b), c), '(a + b) * c'],
  [plus(a, times(b, c)), 'a + b * c'],
  [over(a, times(b, c)), 'a / (b * c)'],
  [or(a, unless(b, c, on('x'))), 'a or b unless on (x) c'],
  [unless(or(a, b), c), '(a or b) unless c'],
  [
    { kind: 'binary', op: '*', left: a, right: b, matching: { on: ['x'] }, groupLeft: ['y'] },
    'a * on (x) group_left (y) b',
  ],
  [{ kind: 'binary', op: '==', left: a, right: b, matching: { ignoring: ['x'] } }, 'a == ignoring (x) b'],
] as const)('%# is printed as it should be', (condition, text) => {
  expect(promql(condition)).toBe(text);
});

/** The tree of a text by the grammar of Prometheus' own editor, with every operator in parentheses. */
function tree(text: string): string {
  const kinds = ['BinaryExpr', 'VectorSelector', 'NumberDurationLiteral', 'FunctionCall', 'AggregateExpr'];
  const parts: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`${text}: wrong at ${from}`);
      if (kinds.includes(type.name))
        parts.push(`(${type.name}${type.name === 'BinaryExpr' ? '' : ` ${text.slice(from, to)}`}`);
      return true;
    },
    leave: ({ type }) => {
      if (kinds.includes(type.name)) parts.push(')');
    },
  });
  return parts.join('');
}

const OPS = ['+', '-', '*', '/', '>', '>=', '<', '<=', '==', '!=', 'and', 'or', 'unless'] as const;
const matching: fc.Arbitrary<Matching | undefined> = fc.constantFrom(
  undefined,
  { on: ['x'] },
  { ignoring: ['y', 'z'] },
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('a', 'b', 'c').map((name) => metric(name)),
    fc
      .tuple(fc.constantFrom(...OPS), tie('condition'), tie('condition'), matching)
      .map(([op, left, right, how]): Condition => ({
        kind: 'binary',
        op,
        left,
        right,
        ...(how ? { matching: how } : {}),
      })),
  ),
}));

/** The same with every operator in parentheses: what is meant. */
function explicit(one: Condition): string {
  if (one.kind !== 'binary') return promql(one);
  const words = promql({ ...one, left: metric('L'), right: metric('R') });
  return words.replace('L', `(${explicit(one.left)})`).replace('R', `(${explicit(one.right)})`);
}

test('what is printed is parsed as it is meant', () => {
  fc.assert(
    fc.property(condition, (one) => {
      expect(tree(promql(one))).toBe(tree(explicit(one)));
    }),
    { numRuns: 500 },
  );
});
