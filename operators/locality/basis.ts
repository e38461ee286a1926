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
    for (let i = 0; i < length; i++) {
      out.index[first]![i] = 0;
      out.value[first]![i] = 1 / objects;
    }
    for (const { name, values } of categories) {
      const x = columns[j]!.get(name)!;
      const index = out.index[first]!;
      for (let i = 0; i < length; i++) {
        const kind = values.indexOf(x[i]!);
        index[i] = index[i]! * (values.length + 1) + (kind < 0 ? values.length : kind);
      }
    }
    features.forEach(({ name, knots }, f) => {
      splitTerms(columns[j]!.get(name)!, Float64Array.from(knots), length, out, first, 2 ** f);
    });
  }
}

let lows = new Uint32Array(0);
let shares = new Float64Array(0);

/** Each of the terms at first .. first + done becomes two: the hats to the left and to the right of x. */
function splitTerms(
  x: Float64Array,
  knots: Float64Array,
  length: number,
  { index, value }: HatRows,
  first: number,
  done: number,
): void {
  const count = knots.length;
  const last = count - 1;
  if (lows.length < length) [lows, shares] = [new Uint32Array(length), new Float64Array(length)];
  const [low, share] = [lows, shares];
  for (let i = 0; i < length; i++) {
    const xi = x[i]!;
    let below = 0;
    let above = last;
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if (xi < knots[middle]!) above = middle;
      else below = middle;
    }
    const width = knots[above]! - knots[below]!;
    low[i] = below;
    share[i] = width > 0 ? Math.min(1, Math.max(0, (xi - knots[below]!) / width)) : 0;
  }
  const step = Math.min(1, last);
  for (let c = 0; c < done; c++) {
    const [at, v] = [index[first + c]!, value[first + c]!];
    const [right, rightValue] = [index[first + done + c]!, value[first + done + c]!];
    for (let i = 0; i < length; i++) {
      const left = at[i]! * count + low[i]!;
      const vi = v[i]!;
      const t = share[i]!;
      at[i] = left;
      v[i] = vi * (1 - t);
      right[i] = left + step;
      rightValue[i] = vi * t;
    }
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
  for (let t = 0; t < index.length; t++) addTerm(index[t]!, value[t]!, coefficients, length, out);
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
