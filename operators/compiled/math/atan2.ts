import { number, operation, word, type Lane, type Program } from '../lanes.js';
import { lines } from '../written.js';

const SIGN = 1n << 63n;
/** One centre of expressions/math/atan2.ts after the other: the interval's upper edge, B and D, C and A, atan c. */
const CENTRES = [
  { edge: 0.4375, shift: 0, ac: 1, hi: 0, lo: 0, obtuseHi: 3.141592653589793, obtuseLo: 1.2246467991473532e-16 },
  {
    ...{ edge: 0.6875, shift: 0.5, ac: 1, hi: 0.4636476090008061, lo: 2.2698777452961687e-17 },
    ...{ obtuseHi: 2.677945044588987, obtuseLo: 1.5527705369303147e-16 },
  },
  {
    ...{ edge: 1.1875, shift: 1, ac: 1, hi: 0.7853981633974483, lo: 3.061616997868383e-17 },
    ...{ obtuseHi: 2.356194490192345, obtuseLo: 9.184850993605148e-17 },
  },
  {
    ...{ edge: 2.4375, shift: 1.5, ac: 1, hi: 0.982793723247329, lo: 1.3903311031230998e-17 },
    ...{ obtuseHi: 2.158798930342464, obtuseLo: 2.1958367134601997e-16 },
  },
  {
    ...{ edge: Infinity, shift: 1, ac: 0, hi: 1.5707963267948966, lo: 6.123233995736766e-17 },
    ...{ obtuseHi: 1.5707963267948966, obtuseLo: 6.123233995736766e-17 },
  },
] as const;

/** The angle of the point (x, y), bit for bit as expressions/math/atan2.ts. */
export function atan2(p: Program, y: Lane, x: Lane): Lane {
  const { bounded } = lines(
    p,
    [
      'a = abs(y)',
      'b = abs(x)',
      't = where(a == b, where(a == 0, 0, 1), a / b)',
      'bounded = where(t > LARGEST, LARGEST, t)',
    ],
    { x, y, LARGEST: number(p, 2 ** 66) },
  );
  const inside = CENTRES.slice(0, -1).map(({ edge }) => operation(p, 'lt', bounded!, number(p, edge)));
  /** What the centre of the interval has; beyond the last edge, and for NaN, the last. */
  const chosen = (of: (centre: (typeof CENTRES)[number]) => number): Lane =>
    CENTRES.slice(0, -1).reduceRight(
      (others, centre, i) => operation(p, 'select', number(p, of(centre)), others, inside[i]!),
      number(p, of(CENTRES[4])),
    );
  const signed = (lane: Lane): Lane => operation(p, 'and', lane, word(p, SIGN));
  const obtuse = operation(p, 'equalWords', signed(x), word(p, SIGN));
  const shift = chosen((centre) => centre.shift);
  const ac = chosen((centre) => centre.ac);
  const { angle } = lines(
    p,
    [
      'acute = (ac * bounded - shift) / (ac + shift * bounded)',
      'r = where(obtuse, -acute, acute)',
      'z = r * r',
      'w = z * z',
      'v = w * w',
      'Q = 0.3333333333333293 + z * -0.19999999999876533 + w * (0.14285714272510658 + z * -0.11111110405868106) + ' +
        'v * (0.09090887145532224 + z * -0.07691876418272468 + w * (0.06661075459020246 + z * -0.05833585753244194) + ' +
        'v * (0.04976940494329868 + z * -0.036532917681591705 + w * 0.016286996709608415))',
      'hi = where(obtuse, obtuseHi, acuteHi)',
      'lo = where(obtuse, obtuseLo, acuteLo)',
      'angle = hi - (r * z * Q - lo - r)',
    ],
    {
      ...{ bounded: bounded!, obtuse, shift, ac },
      ...{ acuteHi: chosen(({ hi }) => hi), acuteLo: chosen(({ lo }) => lo) },
      ...{ obtuseHi: chosen((c) => c.obtuseHi), obtuseLo: chosen((c) => c.obtuseLo) },
    },
  );
  return operation(p, 'xor', angle!, signed(y));
}
