import { isTrue, type Loop } from './loop.js';
import { pow } from './math/pow.js';

/** The loop of every operator, and `one` for x^0. A comparison with NaN is false, `!=` too. */
export const OPERATOR_LOOPS: ReadonlyMap<string, Loop> = new Map<string, Loop>(
  Object.entries({
    '+': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! + b[i & q]!;
    },
    '-': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! - b[i & q]!;
    },
    '*': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! * b[i & q]!;
    },
    '/': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! / b[i & q]!;
    },
    '^': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = pow(a[i & p]!, b[i & q]!);
    },
    '<': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! < b[i & q]! ? 1 : 0;
    },
    '<=': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! <= b[i & q]! ? 1 : 0;
    },
    '>': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! > b[i & q]! ? 1 : 0;
    },
    '>=': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! >= b[i & q]! ? 1 : 0;
    },
    '==': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! === b[i & q]! ? 1 : 0;
    },
    '!=': (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = a[i & p]! < b[i & q]! || a[i & p]! > b[i & q]! ? 1 : 0;
    },
    and: (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = isTrue(a[i & p]!) && isTrue(b[i & q]!) ? 1 : 0;
    },
    or: (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
      for (let i = 0; i < n; i++) out[i] = isTrue(a[i & p]!) || isTrue(b[i & q]!) ? 1 : 0;
    },
    negative: (out, n, { values: a, mask: p }) => {
      for (let i = 0; i < n; i++) out[i] = -a[i & p]!;
    },
    not: (out, n, { values: a, mask: p }) => {
      for (let i = 0; i < n; i++) out[i] = isTrue(a[i & p]!) ? 0 : 1;
    },
    one: (out, n) => {
      for (let i = 0; i < n; i++) out[i] = 1;
    },
  } satisfies Record<string, Loop>),
);
