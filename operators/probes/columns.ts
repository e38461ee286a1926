/** The entries `places` of each column. */
export const at = (columns: readonly Float64Array[], places: Int32Array): Float64Array[] =>
  columns.map((column) => {
    const out = new Float64Array(places.length);
    for (let r = 0; r < places.length; r++) out[r] = column[places[r]!]!;
    return out;
  });
