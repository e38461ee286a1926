/** A double and its two 32-bit words in one place: write the one, read the other. Good until the next use. */
export const double = new Float64Array(1);
export const words = new Uint32Array(double.buffer);

/** Where the upper word (sign, exponent, leading digits) and the lower one are on this machine. */
export const UPPER = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
export const LOWER = 1 - UPPER;
