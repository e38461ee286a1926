import type { Condition, Labels } from './types.js';

/** How tightly an operator binds (Prometheus, querying/operators: binary operator precedence). */
const BINDS: Record<Extract<Condition, { kind: 'binary' }>['op'], number> = {
  ...{ or: 1, and: 2, unless: 2 },
  ...{ '==': 3, '!=': 3, '<=': 3, '<': 3, '>=': 3, '>': 3 },
  ...{ '+': 4, '-': 4, '*': 5, '/': 5 },
};

/**
 * A condition as PromQL, with no more parentheses than its meaning needs: operators of equal binding associate to the
 * left. Label values are quoted as JSON is, which PromQL reads the same. Durations are whole seconds.
 */
export function promql(condition: Condition): string {
  switch (condition.kind) {
    case 'metric':
      return condition.name + selector(condition.labels);
    case 'number':
      return numberText(condition.value);
    case 'time':
      return 'time()';
    case 'absent':
    case 'abs':
      return `${condition.kind}(${promql(condition.of)})`;
    case 'increase':
      return `increase(${condition.name}${selector(condition.labels)}[${condition.seconds}s])`;
    case 'over_time':
      return overTime(condition);
    case 'aggregate':
      return `${condition.with} by (${condition.by.join(', ')}) (${promql(condition.of)})`;
    case 'binary': {
      const { op, left, right } = condition;
      const inner = (one: Condition, least: number): string =>
        one.kind === 'binary' && BINDS[one.op] < least ? `(${promql(one)})` : promql(one);
      return `${inner(left, BINDS[op])} ${op}${matching(condition)} ${inner(right, BINDS[op] + 1)}`;
    }
  }
}

function overTime({ with: how, name, labels, seconds, offset }: Extract<Condition, { kind: 'over_time' }>): string {
  const range = `${name}${selector(labels)}[${seconds}s]${offset === undefined ? '' : ` offset ${offset}s`}`;
  return how === 'median' ? `quantile_over_time(0.5, ${range})` : `${how}_over_time(${range})`;
}

function matching({ matching, groupLeft }: Extract<Condition, { kind: 'binary' }>): string {
  if (!matching) return '';
  const labels = 'on' in matching ? `on (${matching.on.join(', ')})` : `ignoring (${matching.ignoring.join(', ')})`;
  return ` ${labels}${groupLeft ? ` group_left (${groupLeft.join(', ')})` : ''}`;
}

function selector(labels: Labels = {}): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(', ')}}`;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
