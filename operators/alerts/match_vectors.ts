import { Problem } from '../problem.js';
import { labelKey, matchedLabels, type Element } from './label_sets.js';
import type { Condition, Labels } from './types.js';

type Binary = Extract<Condition, { kind: 'binary' }>;

const ARITHMETIC: Partial<Record<Binary['op'], (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};
const COMPARISONS: Partial<Record<Binary['op'], (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** Arithmetic of two numbers; a comparison of two scalars needs `bool` in PromQL, which this algebra lacks. */
export function joinScalars(op: Binary['op'], left: number, right: number): number {
  const arithmetic = ARITHMETIC[op];
  if (!arithmetic) throw new Problem(1, `condition: '${op}' between two scalars; compare a vector with a scalar`);
  return arithmetic(left, right);
}

/** A vector and a scalar: arithmetic drops the name, a comparison keeps the elements of the vector that it holds for. */
export function joinScalar(
  op: Binary['op'],
  vector: readonly Element[],
  scalar: number,
  scalarFirst: boolean,
): Element[] {
  const ordered = (value: number): [number, number] => (scalarFirst ? [scalar, value] : [value, scalar]);
  const compare = COMPARISONS[op];
  if (compare) return vector.filter(({ value }) => compare(...ordered(value)));
  return vector.map(({ labels, value }) => ({ name: null, labels, value: joinScalars(op, ...ordered(value)) }));
}

/** `and`, `or` and `unless`: elements are kept whole. */
export function joinSets({ op, matching }: Binary, left: readonly Element[], right: readonly Element[]): Element[] {
  const keyOf = ({ labels }: Element): string => labelKey(matchedLabels(labels, matching));
  const keys = new Set((op === 'or' ? left : right).map(keyOf));
  if (op === 'or') return [...left, ...right.filter((one) => !keys.has(keyOf(one)))];
  return left.filter((one) => keys.has(keyOf(one)) === (op === 'and'));
}

/**
 * One-to-one, or with `groupLeft` many-to-one, as Prometheus 2.42 matches: what has no partner is left out; a comparison
 * keeps the left value. Two partners for one element: a Problem, as there it is an error of the rule.
 */
export function joinVectors(binary: Binary, left: readonly Element[], right: readonly Element[]): Element[] {
  const { op, matching, groupLeft } = binary;
  if (left.length === 0 || right.length === 0) return [];
  const partners = new Map<string, Element>();
  for (const one of right) {
    const key = labelKey(matchedLabels(one.labels, matching));
    if (partners.has(key))
      throw new Problem(1, `condition: two samples ${key} on the right of '${op}'; match by more labels`);
    partners.set(key, one);
  }
  const [arithmetic, compare] = [ARITHMETIC[op], COMPARISONS[op]];
  const seen = new Set<string>();
  const joined: Element[] = [];
  for (const one of left) {
    const key = labelKey(matchedLabels(one.labels, matching));
    const partner = partners.get(key);
    if (!partner || (compare && !compare(one.value, partner.value))) continue;
    const labels = groupLeft ? withExtra(one.labels, partner.labels, groupLeft) : matchedLabels(one.labels, matching);
    const id = groupLeft ? labelKey(labels) : key;
    if (seen.has(id)) throw new Problem(1, `condition: two samples ${id} on the left of '${op}'; match by more labels`);
    seen.add(id);
    joined.push(
      arithmetic
        ? { name: null, labels, value: arithmetic(one.value, partner.value) }
        : { name: matching && 'on' in matching && !groupLeft ? null : one.name, labels, value: one.value },
    );
  }
  return joined;
}

function withExtra(many: Labels, one: Labels, extra: readonly string[]): Labels {
  const labels: Record<string, string> = { ...many };
  for (const name of extra) {
    const text = one[name] ?? '';
    if (text === '') Reflect.deleteProperty(labels, name);
    else labels[name] = text;
  }
  return labels;
}
