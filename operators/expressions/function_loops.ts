import { deltaPhi } from './functions/delta_phi.js';
import { deltaR } from './functions/delta_r.js';
import { mass } from './functions/mass.js';
import { massOfSingles } from './functions/mass_of_singles.js';
import { isTrue, type Loop } from './loop.js';
import { atan2 } from './math/atan2.js';
import { exp } from './math/exp.js';
import { hypot } from './math/hypot.js';
import { log } from './math/log.js';
import { cos, sin, tan } from './math/sin_cos.js';
import { asinh } from './math/asinh.js';
import { cosh, sinh } from './math/sinh_cosh.js';

/** The loop of every elementwise function: written out one by one, so that each call is inlined in its own loop. */
export const FUNCTION_LOOPS = {
  abs: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = Math.abs(a[i & p]!);
  },
  sqrt: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i & p]!);
  },
  floor: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = Math.floor(a[i & p]!);
  },
  exp: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = exp(a[i & p]!);
  },
  log: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = log(a[i & p]!);
  },
  sin: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = sin(a[i & p]!);
  },
  cos: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = cos(a[i & p]!);
  },
  tan: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = tan(a[i & p]!);
  },
  sinh: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = sinh(a[i & p]!);
  },
  cosh: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = cosh(a[i & p]!);
  },
  asinh: (out, n, { values: a, mask: p }) => {
    for (let i = 0; i < n; i++) out[i] = asinh(a[i & p]!);
  },
  atan2: (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
    for (let i = 0; i < n; i++) out[i] = atan2(a[i & p]!, b[i & q]!);
  },
  hypot: (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
    for (let i = 0; i < n; i++) out[i] = hypot(a[i & p]!, b[i & q]!);
  },
  min: (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
    for (let i = 0; i < n; i++) out[i] = Math.min(a[i & p]!, b[i & q]!);
  },
  max: (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
    for (let i = 0; i < n; i++) out[i] = Math.max(a[i & p]!, b[i & q]!);
  },
  delta_phi: (out, n, { values: a, mask: p }, { values: b, mask: q }) => {
    for (let i = 0; i < n; i++) out[i] = deltaPhi(a[i & p]!, b[i & q]!);
  },
  delta_r: (out, n, { values: a, mask: p }, { values: b, mask: q }, { values: c, mask: r }, { values: d, mask: s }) => {
    for (let i = 0; i < n; i++) out[i] = deltaR(a[i & p]!, b[i & q]!, c[i & r]!, d[i & s]!);
  },
  mass: (
    out,
    n,
    { values: a, mask: p },
    { values: b, mask: q },
    { values: c, mask: r },
    { values: d, mask: s },
    { values: e, mask: t },
    { values: f, mask: u },
  ) => {
    for (let i = 0; i < n; i++) out[i] = mass(a[i & p]!, b[i & q]!, c[i & r]!, d[i & s]!, e[i & t]!, f[i & u]!);
  },
  where: (out, n, { values: a, mask: p }, { values: b, mask: q }, { values: c, mask: r }) => {
    for (let i = 0; i < n; i++) out[i] = isTrue(a[i & p]!) ? b[i & q]! : c[i & r]!;
  },
} satisfies Record<string, Loop>;

/** Loops of functions that compute with singles themselves. */
export const LOOPS_OF_SINGLES = {
  mass: (
    out,
    n,
    { values: a, mask: p },
    { values: b, mask: q },
    { values: c, mask: r },
    { values: d, mask: s },
    { values: e, mask: t },
    { values: f, mask: u },
  ) => {
    for (let i = 0; i < n; i++)
      out[i] = massOfSingles(a[i & p]!, b[i & q]!, c[i & r]!, d[i & s]!, e[i & t]!, f[i & u]!);
  },
} satisfies Record<string, Loop>;
