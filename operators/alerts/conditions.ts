import type { Condition, Labels, Matching } from './types.js';

/** Short words for building conditions; each is one node of the algebra in types.ts. */

type Operator = Extract<Condition, { kind: 'binary' }>['op'];

export const metric = (name: string, labels?: Labels): Condition =>
  labels ? { kind: 'metric', name, labels } : { kind: 'metric', name };
export const number = (value: number): Condition => ({ kind: 'number', value });
export const now: Condition = { kind: 'time' };
export const absent = (of: Condition): Condition => ({ kind: 'absent', of });
export const abs = (of: Condition): Condition => ({ kind: 'abs', of });
export const increase = (name: string, labels: Labels, seconds: number): Condition => ({
  ...{ kind: 'increase', name, labels, seconds },
});

type OverTime = Extract<Condition, { kind: 'over_time' }>;
const overTime =
  (how: OverTime['with']) =>
  (name: string, labels: Labels, seconds: number, offset?: number): Condition => ({
    ...{ kind: 'over_time', with: how, name, labels, seconds },
    ...(offset === undefined ? {} : { offset }),
  });
export const minOver = overTime('min');
export const maxOver = overTime('max');
export const medianOver = overTime('median');

type Aggregate = Extract<Condition, { kind: 'aggregate' }>['with'];
const aggregate =
  (how: Aggregate) =>
  (by: readonly string[], of: Condition): Condition => ({ kind: 'aggregate', by, with: how, of });
export const sum = aggregate('sum');
export const max = aggregate('max');

const binary =
  (op: Operator) =>
  (left: Condition, right: Condition, matching?: Matching): Condition =>
    matching ? { kind: 'binary', op, left, right, matching } : { kind: 'binary', op, left, right };
export const plus = binary('+');
export const minus = binary('-');
export const times = binary('*');
export const over = binary('/');
export const above = binary('>');
export const atLeast = binary('>=');
export const below = binary('<');
export const equals = binary('==');
export const and = binary('and');
export const or = binary('or');
export const unless = binary('unless');

/** Matches by these labels alone. */
export const on = (...labels: readonly string[]): Matching => ({ on: labels });

/** All of them hold: `and` from left to right; the value and labels are those of the first. */
export const all = (first: Condition, ...others: readonly Condition[]): Condition =>
  others.reduce((left, right) => and(left, right), first);

/** a², for the comparison of squares where a root would be needed. */
export const square = (of: Condition): Condition => times(of, of);
