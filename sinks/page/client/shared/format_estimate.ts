const minus = '−';

/** Digits grouped by commas, with a true minus sign: −12345.6 with one decimal → '−12,345.6'. */
export function formatNumber(value: number, decimals: number): string {
  const [whole = '0', part] = Math.abs(value).toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : `.${part}`);
  return value < 0 && /[1-9]/.test(digits) ? minus + digits : digits;
}

/** A count: 1234567 → '1,234,567'. */
export const formatCount = (n: number): string => formatNumber(n, 0);

/** A number without an error, to `digits` significant digits and without trailing zeros: 0.0500 → '0.05'. */
export function formatPlain(value: number, digits = 4): string {
  const rounded = Number(value.toPrecision(digits));
  const text = Math.abs(rounded).toString();
  if (text.includes('e')) return (rounded < 0 ? minus : '') + text.replace('-', minus);
  return formatNumber(rounded, text.split('.')[1]?.length ?? 0);
}

/** The power of ten of the last digit to keep: the error's leading digits 100–354 keep two, 355–949 one. */
function lastDigit(error: number): number {
  const [digits = '', power = ''] = error.toExponential(2).split('e');
  return Number(digits) <= 3.54 ? Number(power) - 1 : Number(power);
}

const atPower = (value: number, last: number): string =>
  last > 0 ? formatNumber(Math.round(value / 10 ** last) * 10 ** last, 0) : formatNumber(value, -last);

/**
 * 'value ± error', the value to the precision of its error: (−0.01543, 0.00058) → '−0.0154 ± 0.0006'.
 * The error keeps one or two digits (Particle Data Group, Review of Particle Physics, Introduction 5.3).
 * An error of null or 0 sets no precision: four significant digits, and '± 0' if it is 0. A null or NaN value is '—'.
 */
export function formatEstimate(value: number | null, error: number | null): string {
  if (value === null || !Number.isFinite(value)) return '—';
  if (error === null || !Number.isFinite(error)) return formatPlain(value);
  if (error <= 0) return `${formatPlain(value)} ± 0`;
  const last = lastDigit(error);
  if (last >= -8) return `${atPower(value, last)} ± ${atPower(error, last)}`;
  const power = Number(Math.max(Math.abs(value), error).toExponential(2).split('e')[1]);
  const scaled = (x: number) => formatNumber(x / 10 ** power, power - last);
  return `(${scaled(value)} ± ${scaled(error)})e${minus}${-power}`;
}

/** The power of ten of a number's second digit. */
const secondDigit = (width: number): number => Number(width.toExponential(1).split('e')[1]) - 1;

/** Numbers to two digits of the width of their interval: (26, 309.9, 295.5) → ['310', '296']; without one, to four. */
export function formatTo(width: number, ...values: number[]): string[] {
  if (!(width > 0) || !Number.isFinite(width)) return values.map((value) => formatPlain(value));
  const last = secondDigit(width);
  return values.map((value) => atPower(value, last));
}

/**
 * A value with an interval that need not be even: '310 +26 −14' (value, low, high), to two digits of its longer arm.
 * `last`: the power of ten of the last digit, if it is given.
 */
export function formatInterval(value: number, low: number, high: number, last?: number): string {
  const [down, up] = [value - low, high - value];
  const widest = Math.max(up, down);
  if (!(widest > 0) || !Number.isFinite(widest)) return formatPlain(value);
  const digit = last ?? secondDigit(widest);
  return `${atPower(value, digit)} +${atPower(up, digit)} ${minus}${atPower(down, digit)}`;
}

const powers = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Digits raised: −12 → '⁻¹²'. */
export const raised = (n: number): string =>
  (n < 0 ? '⁻' : '') + String(Math.abs(n)).replace(/\d/g, (digit) => powers.charAt(Number(digit)));

/** A probability to two digits: '0.043', '1.2×10⁻²⁵'; one that is too small for a double: '< 10⁻³⁰⁰'. Null is '—'. */
export function formatProbability(p: number | null): string {
  if (p === null) return '—';
  if (p < 1e-300) return '< 10⁻³⁰⁰';
  if (p >= 0.001) return formatPlain(p, 2);
  const [digits = '', power = ''] = p.toExponential(1).split('e');
  return `${digits}×10${raised(Number(power))}`;
}

/** A proportion in per cent with its interval: '43.12 ± 0.17 %', or '0.30 +0.21 −0.12 %' if that is lopsided. */
export function formatShare(value: number | null, low: number | null, high: number | null): string {
  if (value === null) return '—';
  if (low === null || high === null) return `${formatPlain(value * 100)} %`;
  const [down, up] = [(value - low) * 100, (high - value) * 100];
  if (Math.abs(up - down) <= 0.2 * Math.max(up, down)) return `${formatEstimate(value * 100, (up + down) / 2)} %`;
  const last = Math.min(0, lastDigit(Math.max(up, down)));
  return `${formatInterval(value * 100, low * 100, high * 100, last)} %`;
}
