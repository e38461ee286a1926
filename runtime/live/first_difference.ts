/** Where two values part, and what either has there. */
export interface Difference {
  /** Path of names and indices: `state.counts.read`, `state.n[3]`; empty for the values themselves. */
  readonly path: string;
  readonly a: string;
  readonly b: string;
}

const LONGEST = 60;

/**
 * The first place, names in sorted order and arrays from 0, at which two values of plain data are not the same bits; null:
 * they are the same. −0 is not 0, and NaN is NaN. Typed arrays of different kinds differ, even with equal elements.
 */
export function firstDifference(a: unknown, b: unknown, path = ''): Difference | null {
  if (Object.is(a, b)) return null;
  const kind = kindOf(a);
  if (kind === 'value' || kind !== kindOf(b)) return { path, a: shown(a), b: shown(b) };
  if (Array.isArray(a) || ArrayBuffer.isView(a)) {
    const [left, right] = [a as ArrayLike<unknown>, b as ArrayLike<unknown>];
    for (let i = 0; i < Math.min(left.length, right.length); i++) {
      const found = Object.is(left[i], right[i]) ? null : firstDifference(left[i], right[i], `${path}[${i}]`);
      if (found) return found;
    }
    return left.length === right.length ? null : { path, a: shown(a), b: shown(b) };
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const name of [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()) {
    const inside = path === '' ? name : `${path}.${name}`;
    if (!(name in left) || !(name in right)) {
      const side = (of: Record<string, unknown>): string => (name in of ? shown(of[name]) : 'absent');
      return { path: inside, a: side(left), b: side(right) };
    }
    const found = firstDifference(left[name], right[name], inside);
    if (found) return found;
  }
  return null;
}

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return 'value';
  return Object.prototype.toString.call(value);
}

function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${String(value)}n`;
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${(value as Uint8Array).length}`;
  if (typeof value === 'string') return JSON.stringify(value.slice(0, LONGEST));
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.keys(value).sort().join(', ')} }`.slice(0, LONGEST);
  return String(value);
}
