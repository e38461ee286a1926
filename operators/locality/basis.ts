import { between, knotTable, type KnotTable } from './knot_table.js';

/**
 * The basis of a local model: for each object the same piecewise-linear functions (hats) of its features, as a tensor
 * product over the features, apart for each category (electron, muon). Plain data.
 */
export interface LocalBasis {
  readonly objects: number;
  /** Continuous features and their rising knots; a feature with one knot is left out of account. */
  readonly features: readonly { readonly name: string; readonly knots: readonly number[] }[];
  /** Features that only tell kinds apart; a value that is not listed falls into a last category of its own. */
  readonly categories: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** Number of basis functions. */
export const basisSize = ({ features, categories }: LocalBasis): number =>
  features.reduce((size, { knots }) => size * knots.length, 1) * kindsOf(categories);

const kindsOf = (categories: LocalBasis['categories']): number =>
  categories.reduce((kinds, { values }) => kinds * (values.length + 1), 1);

/** Number of basis functions that are not 0 at one event: two a feature, for each object. */
export const basisTerms = ({ objects, features }: LocalBasis): number => objects * 2 ** features.length;

/** Sparse rows of the basis: `index[t][i]`, `value[t][i]` for term t of event i. */
export interface HatRows {
  readonly index: readonly Float64Array[];
  readonly value: readonly Float64Array[];
}

export const hatRows = (basis: LocalBasis, length: number): HatRows => {
  const terms = basisTerms(basis);
  const columns = (): Float64Array[] => Array.from({ length: terms }, () => new Float64Array(length));
  return { index: columns(), value: columns() };
};

/**
 * Evaluates the basis for a batch into `out`. The value of a term is its hat over the number of objects, so that the
 * terms of an event add up to 1 and a sum over terms is the mean over the objects of one function of each.
 * Beyond its outer knots a feature counts as at the knot. `features[j]` has the columns of object j by feature name.
 * Hat functions: C. de Boor, "A Practical Guide to Splines" (1978), order 2.
 */
export function fillHats(
  { features, categories, objects }: LocalBasis,
  columns: readonly ReadonlyMap<string, Float64Array>[],
  length: number,
  out: HatRows,
): void {
  const corners = 2 ** features.length;
  for (let j = 0; j < objects; j++) {
    const first = j * corners;
    out.index[first]!.fill(0, 0, length);
    out.value[first]!.fill(1 / objects, 0, length);
    for (const { name, values } of categories) splitKinds(columns[j]!.get(name)!, values, length, out.index[first]!);
    features.forEach(({ name, knots }, f) => {
      splitTerms(columns[j]!.get(name)!, knotTable(knots), length, out, first, 2 ** f);
    });
  }
}

/** index · kinds + the kind of x: its place among the values, or the one after the last. */
function splitKinds(x: Float64Array, values: readonly number[], length: number, index: Float64Array): void {
  const kinds = Float64Array.from(values);
  const last = kinds.length;
  for (let i = 0; i < length; i++) {
    const xi = x[i]!;
    let kind = 0;
    while (kind < last && kinds[kind] !== xi) kind++;
    index[i] = index[i]! * (last + 1) + kind;
  }
}

let lows = new Uint32Array(0);
let shares = new Float64Array(0);

/** Each of the terms at first .. first + done becomes two: the hats to the left and to the right of x. */
function splitTerms(
  x: Float64Array,
  table: KnotTable,
  length: number,
  { index, value }: HatRows,
  first: number,
  done: number,
): void {
  const count = table.knots.length;
  if (lows.length < length) [lows, shares] = [new Uint32Array(length), new Float64Array(length)];
  between(table, x, length, lows, shares);
  for (let c = first; c < first + done; c++) {
    splitTerm(index[c]!, value[c]!, index[c + done]!, value[c + done]!, count, length);
  }
}

function splitTerm(
  left: Float64Array,
  leftValue: Float64Array,
  right: Float64Array,
  rightValue: Float64Array,
  count: number,
  length: number,
): void {
  const [low, share] = [lows, shares];
  const step = Math.min(1, count - 1);
  for (let i = 0; i < length; i++) {
    const at = left[i]! * count + low[i]!;
    const v = leftValue[i]!;
    const t = share[i]!;
    left[i] = at;
    leftValue[i] = v * (1 - t);
    right[i] = at + step;
    rightValue[i] = v * t;
  }
}

/** Σ_t value · coefficients[index]: the function of the basis at each event, into `out`. */
export function evaluateHats(
  { index, value }: HatRows,
  coefficients: Float64Array,
  length: number,
  out: Float64Array,
): void {
  out.fill(0, 0, length);
  let t = 0;
  for (; t + 1 < index.length; t += 2) {
    addTerms(index[t]!, value[t]!, index[t + 1]!, value[t + 1]!, coefficients, length, out);
  }
  if (t < index.length) addTerm(index[t]!, value[t]!, coefficients, length, out);
}

function addTerms(
  at: Float64Array,
  v: Float64Array,
  nextAt: Float64Array,
  nextV: Float64Array,
  coefficients: Float64Array,
  length: number,
  out: Float64Array,
): void {
  for (let i = 0; i < length; i++) {
    out[i] = out[i]! + v[i]! * coefficients[at[i]! | 0]! + nextV[i]! * coefficients[nextAt[i]! | 0]!;
  }
}

function addTerm(
  at: Float64Array,
  v: Float64Array,
  coefficients: Float64Array,
  length: number,
  out: Float64Array,
): void {
  for (let i = 0; i < length; i++) out[i]! += v[i]! * coefficients[at[i]! | 0]!;
}

/** Pairs of basis functions that are neighbours: of one category, one knot apart in one feature. */
export function neighbours({ features, categories }: LocalBasis): [number, number][] {
  const shape = features.map(({ knots }) => knots.length);
  const size = shape.reduce((product, n) => product * n, 1);
  const pairs: [number, number][] = [];
  let stride = 1;
  for (let f = shape.length - 1; f >= 0; f--) {
    for (let at = 0; at < size; at++) {
      if (Math.floor(at / stride) % shape[f]! === shape[f]! - 1) continue;
      for (let kind = 0; kind < kindsOf(categories); kind++) {
        pairs.push([kind * size + at, kind * size + at + stride]);
      }
    }
    stride *= shape[f]!;
  }
  return pairs;
}
