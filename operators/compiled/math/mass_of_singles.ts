import { number, operation, patch, shift, word, type Lane, type Program } from '../lanes.js';
import { lines, numbers, written } from '../written.js';

const TO_INTEGER = 12582912;
const CONSTANTS = {
  ...{ TO_INTEGER, LOG2_E: 1.4426950408889634, LN2_HI: 0.69317626953125, LN2_LO: -2.9088971132296138e-5 },
  ...{ ONE_OVER_PI: 0.3183098861837907, PI1: 3.140625, PI2: 0.0009677410125732422, PI3: -8.742277657347586e-8 },
};

/** `mass` of lanes of singles, bit for bit as expressions/functions/mass_of_singles.ts; of many turns by the plain function. */
export function massOfSingles(p: Program, ...args: readonly Lane[]): Lane {
  const [pt1 = -1, eta1 = -1, phi1 = -1, pt2 = -1, eta2 = -1, phi2 = -1] = args;
  const constants = numbers(p, CONSTANTS, 'f32');
  const differences = lines(
    p,
    [
      'dEta = eta1 - eta2',
      'dPhi = phi1 - phi2',
      'u = eta1 - dEta',
      'v = phi1 - dPhi',
      'extraEta = 0.5 * (u - eta2 + (eta1 - (u + dEta)))',
      'extraPhi = 0.5 * (v - phi2 + (phi1 - (v + dPhi)))',
      'x = 0.5 * dPhi',
      't = abs(0.5 * dEta)',
      'extra = where(dEta < 0, -extraEta, extraEta)',
    ],
    { eta1, phi1, eta2, phi2 },
  );
  const exponential = lines(
    p,
    [
      'square = t * t',
      'P = 0.16666667 + square * 0.008333311 + square * square * (0.00019842638 + square * 2.7838898e-6)',
      'small = t + (t * square * P + extra)',
      'hi = where(t > 89, 89, t)',
      'k = hi * LOG2_E + TO_INTEGER - TO_INTEGER',
      'r = hi - k * LN2_HI + (extra - k * LN2_LO)',
      'Q = 0.16666631 + r * 0.041666623 + r * r * (0.008357206 + r * 0.0013918722)',
      'e = 1 + (r + r * r * (0.5 + r * Q))',
      'less = k - 1',
    ],
    { ...differences, ...constants },
  );
  const sines = lines(
    p,
    [
      'h = e * power',
      'a = where(t < 1, small, h - 0.25 / h)',
      'n = x * ONE_OVER_PI + TO_INTEGER - TO_INTEGER',
      'rest = x - n * PI1 - n * PI2 - (n * PI3 - extraPhi)',
      's = rest * rest',
      'S = -0.1666666 + s * 0.008333069 + s * s * (-0.00019809777 + s * 2.6060957e-6)',
      'b = rest + rest * s * S',
      'm = 2 * sqrt(pt1 * pt2 * (a * a + b * b))',
    ],
    { ...exponential, pt1, pt2, power: powerOfTwo(p, exponential.less!) },
  );
  const manyTurns = written(p, 'abs(x) > 8192', { x: sines.x! });
  return patch(p, 'mass', sines.m!, manyTurns, args);
}

/** 2^k for a whole k from −126 to 127, as in exp.ts: adding 1.5 · 2^23 puts k into the lowest bits. */
function powerOfTwo(p: Program, k: Lane): Lane {
  const bits = operation(p, 'add', k, number(p, TO_INTEGER, 'f32'));
  return operation(p, 'addWords', shift(p, 'left', bits, 23), word(p, 0x3f800000n, 'f32'));
}
