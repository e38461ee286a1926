import { FUNCTION_LOOPS } from './function_loops.js';
import type { Loop } from './loop.js';
import { REDUCTIONS, type Reduction } from './reductions.js';
import { agreeing, common, ofAngles, ofMass, PURE, raised, type UnitRule } from './units.js';

/**
 * A function of the formulas. Applied to lists, an elementwise one works element by element.
 * `repeats`: the last parameter may be given any number of times. `condition`: the first one is true or false.
 */
export interface FormulaFunction {
  readonly parameters: readonly string[];
  readonly doc: string;
  readonly unit: UnitRule;
  readonly repeats?: true;
  readonly condition?: true;
  /** Of numbers. */
  readonly loop?: Loop;
  /** Of one list. */
  readonly reduce?: Reduction;
}

const first: UnitRule = ([unit = null]) => unit;

/** Every function a formula may call: the one table behind types, evaluation and docs/formulas.md. */
export const FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map<string, FormulaFunction>(
  Object.entries({
    abs: { parameters: ['x'], doc: '|x|', unit: first, loop: FUNCTION_LOOPS.abs },
    sqrt: {
      parameters: ['x'],
      doc: 'square root; NaN below 0',
      unit: ([unit = null]) => raised(unit, 0.5),
      loop: FUNCTION_LOOPS.sqrt,
    },
    floor: { parameters: ['x'], doc: 'largest whole number not above x', unit: first, loop: FUNCTION_LOOPS.floor },
    exp: { parameters: ['x'], doc: 'e to the power x', unit: ofAngles(PURE), loop: FUNCTION_LOOPS.exp },
    log: {
      parameters: ['x'],
      doc: 'natural logarithm; -Infinity at 0, NaN below',
      unit: ofAngles(PURE),
      loop: FUNCTION_LOOPS.log,
    },
    sin: { parameters: ['x'], doc: 'sine of an angle in rad', unit: ofAngles(PURE), loop: FUNCTION_LOOPS.sin },
    cos: { parameters: ['x'], doc: 'cosine of an angle in rad', unit: ofAngles(PURE), loop: FUNCTION_LOOPS.cos },
    tan: { parameters: ['x'], doc: 'tangent of an angle in rad', unit: ofAngles(PURE), loop: FUNCTION_LOOPS.tan },
    sinh: {
      parameters: ['x'],
      doc: 'hyperbolic sine: pz = pt * sinh(eta)',
      unit: ofAngles(PURE),
      loop: FUNCTION_LOOPS.sinh,
    },
    cosh: {
      parameters: ['x'],
      doc: 'hyperbolic cosine: p = pt * cosh(eta)',
      unit: ofAngles(PURE),
      loop: FUNCTION_LOOPS.cosh,
    },
    asinh: {
      parameters: ['x'],
      doc: 'inverse of sinh: eta = asinh(pz / pt)',
      unit: ofAngles(PURE),
      loop: FUNCTION_LOOPS.asinh,
    },
    atan2: {
      parameters: ['y', 'x'],
      doc: 'angle of the point (x, y) in (-pi, pi]: phi = atan2(py, px)',
      unit: agreeing('rad'),
      loop: FUNCTION_LOOPS.atan2,
    },
    hypot: {
      parameters: ['x', 'y'],
      doc: 'sqrt(x^2 + y^2) without overflow',
      unit: common,
      loop: FUNCTION_LOOPS.hypot,
    },
    where: {
      parameters: ['condition', 'a', 'b'],
      doc: 'a where the condition is true, else b (also where it is NaN)',
      unit: ([, a = null, b = null]) => common([a, b]),
      condition: true,
      loop: FUNCTION_LOOPS.where,
    },
    mass: {
      parameters: ['pt1', 'eta1', 'phi1', 'pt2', 'eta2', 'phi2'],
      doc: 'invariant mass of two massless particles',
      unit: ofMass,
      loop: FUNCTION_LOOPS.mass,
    },
    delta_phi: {
      parameters: ['phi1', 'phi2'],
      doc: 'phi1 - phi2 brought into (-pi, pi]',
      unit: ofAngles('rad'),
      loop: FUNCTION_LOOPS.delta_phi,
    },
    delta_r: {
      parameters: ['eta1', 'phi1', 'eta2', 'phi2'],
      doc: 'distance hypot(eta1 - eta2, delta_phi(phi1, phi2))',
      unit: ofAngles(PURE),
      loop: FUNCTION_LOOPS.delta_r,
    },
    min: {
      parameters: ['a', 'b'],
      repeats: true,
      doc: 'least of two or more numbers, or of the elements of one list; NaN if one is NaN or the list is empty',
      unit: common,
      loop: FUNCTION_LOOPS.min,
      reduce: REDUCTIONS.min,
    },
    max: {
      parameters: ['a', 'b'],
      repeats: true,
      doc: 'greatest of two or more numbers, or of the elements of one list; NaN if one is NaN or the list is empty',
      unit: common,
      loop: FUNCTION_LOOPS.max,
      reduce: REDUCTIONS.max,
    },
    sum: {
      parameters: ['list'],
      doc: 'sum of the elements of a list, first to last; 0 if it is empty',
      unit: first,
      reduce: REDUCTIONS.sum,
    },
    count: {
      parameters: ['list'],
      doc: 'number of elements of a list, or of true ones in a list of comparisons',
      unit: () => PURE,
      reduce: REDUCTIONS.count,
    },
  }),
);
