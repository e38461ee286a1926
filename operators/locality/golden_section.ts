const RATIO = 0.6180339887498949;

/**
 * Where f is largest on [low, high], to a relative 1e-7 of the range: golden-section search (J. Kiefer, "Sequential
 * minimax search for a maximum", Proc. Amer. Math. Soc. 4 (1953) 502). f with one maximum; with several, one of them.
 */
export function goldenSection(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  let c = b - RATIO * (b - a);
  let d = a + RATIO * (b - a);
  let fc = f(c);
  let fd = f(d);
  for (let step = 0; step < 34; step++) {
    if (fc >= fd) {
      b = d;
      d = c;
      fd = fc;
      c = b - RATIO * (b - a);
      fc = f(c);
    } else {
      a = c;
      c = d;
      fc = fd;
      d = a + RATIO * (b - a);
      fd = f(d);
    }
  }
  return (a + b) / 2;
}
