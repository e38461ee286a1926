import type { Condition } from './types.js';

type Selector = Extract<Condition, { kind: 'metric' | 'increase' | 'over_time' }>;

/** The metrics that a condition asks for, each time that it does. */
export function selectorsOf(condition: Condition): Selector[] {
  switch (condition.kind) {
    case 'metric':
    case 'increase':
    case 'over_time':
      return [condition];
    case 'binary':
      return [...selectorsOf(condition.left), ...selectorsOf(condition.right)];
    case 'abs':
    case 'absent':
    case 'aggregate':
      return selectorsOf(condition.of);
    default:
      return [];
  }
}
