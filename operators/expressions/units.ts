/**
 * The unit of a value, a label in products: 'GeV', 'GeV*GeV', 'GeV/mm'.
 * null: none known, agrees with every unit. PURE: certainly a pure number, agrees with every unit too.
 */
export type Unit = string | null;
export const PURE = '';

/** Why units do not go together, for the rest of "'+' at column 4 ...". */
export interface Clash {
  readonly clash: string;
}

/** The unit of a function's result from those of its arguments. */
export type UnitRule = (units: readonly Unit[]) => Unit | Clash;

const MOST_FACTORS = 8;

/** Base → exponent, from a label such as 'GeV^2/mm'; a label that is no product stands for itself. */
function factorsOf(unit: string): Map<string, number> {
  const factors = new Map<string, number>();
  if (unit === PURE) return factors;
  if (!/^[^\s*/^]+(?:\^-?\d+)?(?:[*/][^\s*/^]+(?:\^-?\d+)?)*$/.test(unit)) return factors.set(unit, 1);
  for (const [, sign, base = '', power = '1'] of unit.matchAll(/([*/]?)([^*/^]+)(?:\^(-?\d+))?/g)) {
    if (base !== '1') factors.set(base, (factors.get(base) ?? 0) + (sign === '/' ? -1 : 1) * Number(power));
  }
  return factors;
}

/**
 * The label of a product: bases in alphabetical order, 'a*a/b'; null if it has too many factors or broken powers.
 * rad, a pure number of the SI, is only kept where it stands alone.
 */
function labelOf(factors: ReadonlyMap<string, number>): Unit {
  const angle = [...factors].every(([base, power]) => power === (base === 'rad' ? 1 : 0));
  let above = '';
  let below = '';
  for (const [base, power] of [...factors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (base === 'rad' && !angle) continue;
    if (!Number.isInteger(power) || Math.abs(power) > MOST_FACTORS) return null;
    above += `*${base}`.repeat(Math.max(power, 0));
    below += `/${base}`.repeat(Math.max(-power, 0));
  }
  return above === '' && below !== '' ? `1${below}` : above.slice(1) + below;
}

const canonical = (unit: string): string => labelOf(factorsOf(unit)) ?? unit;

/** left * right ^ sign: exponents add; null if one is not known. */
export function times(left: Unit, right: Unit, sign: 1 | -1): Unit {
  if (left === null || right === null) return null;
  const factors = factorsOf(left);
  for (const [base, power] of factorsOf(right)) factors.set(base, (factors.get(base) ?? 0) + sign * power);
  return labelOf(factors);
}

/** unit ^ exponent; null if the exponent is not a constant or breaks a base: sqrt(GeV*GeV) is GeV, sqrt(GeV) not known. */
export function raised(unit: Unit, exponent: number | undefined): Unit {
  if (unit === null || unit === PURE) return unit;
  if (exponent === undefined) return null;
  return labelOf(new Map([...factorsOf(unit)].map(([base, power]) => [base, power * exponent])));
}

/** The common unit of values that must agree. */
export function common(units: readonly Unit[]): Unit | Clash {
  let found: Unit = PURE;
  for (const unit of units) {
    if (unit === PURE || (unit === null && found !== PURE)) continue;
    if (unit === null || found === PURE || found === null) found = unit;
    else if (canonical(unit) !== canonical(found)) return { clash: `mixes ${found} and ${unit}` };
  }
  return found;
}

export const isClash = (result: Unit | Clash): result is Clash => typeof result === 'object' && result !== null;

/** Whether a function of a pure number takes it. */
export const isAngle = (unit: Unit): boolean => unit === null || unit === PURE || unit === 'rad';

/** For functions of a pure number or an angle, whose result is `unit`. */
export const ofAngles =
  (unit: Unit): UnitRule =>
  (units) => {
    const wrong = units.find((given) => !isAngle(given));
    return wrong === undefined ? unit : { clash: `takes a pure number or rad, not ${String(wrong)}` };
  };

/** For functions whose arguments must agree and whose result is `unit`. */
export const agreeing =
  (unit: Unit): UnitRule =>
  (units) => {
    const found = common(units);
    return isClash(found) ? found : unit;
  };

/** The mass has the unit of the transverse momenta; η and φ are pure numbers and angles. */
export const ofMass: UnitRule = ([pt1 = null, eta1 = null, phi1 = null, pt2 = null, eta2 = null, phi2 = null]) => {
  const angles = ofAngles(PURE)([eta1, phi1, eta2, phi2]);
  return isClash(angles) ? { clash: angles.clash.replace('takes', 'takes for η and φ') } : common([pt1, pt2]);
};
