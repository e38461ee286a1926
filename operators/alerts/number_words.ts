/** As C's and Go's `%.{digits}g`: significant digits without trailing zeros, an exponent where it is shorter. */
export function general(value: number, digits: number): string {
  if (!Number.isFinite(value)) return infinite(value);
  if (value === 0) return '0';
  const rounded = halfToEven(value, digits);
  const [mantissa = '', exponent = '0'] = rounded.split('e');
  const power = Number(exponent);
  const short = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (power >= -4 && power < digits) return short(Number(rounded).toFixed(digits - 1 - power));
  return `${short(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** As C's and Go's `%.{decimals}f`, of less than 10²¹. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return infinite(value);
  const exact = Math.abs(value).toFixed(100);
  const kept = exact.slice(0, exact.indexOf('.') + (decimals === 0 ? 0 : decimals + 1));
  const left = exact.slice(kept.length).replace('.', '');
  // JavaScript rounds a tie away from 0 where C and Go take the even digit.
  const isEvenTie = /^50*$/.test(left) && '02468'.includes(kept.slice(-1));
  return isEvenTie ? `${value < 0 ? '-' : ''}${kept}` : value.toFixed(decimals);
}

const infinite = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf');

/** In exponential notation. JavaScript rounds a tie away from 0 where C and Go take the even digit. */
function halfToEven(value: number, digits: number): string {
  const exact = value.toExponential(60);
  const [mantissa = '', exponent = '0'] = exact.split('e');
  const kept = mantissa.slice(0, mantissa.indexOf('.') + digits);
  const isTie = /^50*$/.test(mantissa.slice(kept.length));
  return isTie && '02468'.includes(kept.slice(-1)) ? `${kept}e${exponent}` : value.toExponential(digits - 1);
}

/** Four significant digits; from 10,000 on a whole number. */
export const plain = (value: number): string => (value > 9999.5 ? fixed(value, 0) : general(value, 4));

/** How many errors something is: two digits, whole from 10 on. */
export const rounded = (value: number): string => fixed(value, value < 9.95 ? 1 : 0);

/** A ratio as Prometheus' humanizePercentage writes it. */
export const percent = (value: number): string => `${general(value * 100, 4)}%`;

/**
 * Decimals that an error of at least so much keeps: of its leading digits 100 to 354 two, of 355 to 949 one (Particle Data
 * Group, Review of Particle Physics, Introduction 5.3). Digits before the point are all kept.
 */
export const DECIMALS: readonly (readonly [least: number, decimals: number])[] = [
  [3.545, 0],
  [0.3545, 1],
  [0.03545, 2],
  [0.003545, 3],
  [0.0003545, 4],
];

/** A number to the digits that its error keeps; without one, or with a smaller one than there is a rule for, to four. */
export function toError(error: number): (value: number) => string {
  const decimals = DECIMALS.find(([least]) => error >= least)?.[1];
  return (value) => (decimals === undefined ? general(value, 4) : fixed(value, decimals));
}

const PREFIXES = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y'] as const;

/** Seconds as Prometheus' humanizeDuration writes them: 2m 5s; below a second with a prefix. */
export function duration(value: number): string {
  if (!Number.isFinite(value)) return general(value, 4);
  if (value === 0) return '0s';
  const size = Math.abs(value);
  if (size < 1) {
    let [scaled, used] = [value, ''];
    for (const prefix of PREFIXES) {
      if (Math.abs(scaled) >= 1) break;
      [scaled, used] = [scaled * 1000, prefix];
    }
    return `${general(scaled, 4)}${used}s`;
  }
  const total = Math.floor(size);
  const units = [
    [Math.floor(total / 86_400), 'd'],
    [Math.floor(total / 3600) % 24, 'h'],
    [Math.floor(total / 60) % 60, 'm'],
    [total % 60, 's'],
  ] as const;
  const first = units.findIndex(([n]) => n > 0);
  const text = units.slice(first).map(([n, unit]) => `${n}${unit}`);
  return (value < 0 ? '-' : '') + (first === 3 ? `${general(size, 4)}s` : text.join(' '));
}
