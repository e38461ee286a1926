import { log } from '../expressions/math/log.js';
import { normal } from '../random/normal.js';
import { philox } from '../random/philox.js';
import { STREAM } from '../random/streams.js';
import { uniform } from '../random/uniform.js';

/**
 * How δ is distributed within a window, in units of its core: gauss; student: t with 4 degrees of freedom (infinite
 * kurtosis); radiative: 85 % Gaussian, 15 % with an exponential loss of mean 4 added, as photon radiation does
 * (skewness −4).
 */
export const SHAPES = ['gauss', 'student', 'radiative'] as const;
export type Shape = (typeof SHAPES)[number];

const words = new Uint32Array(4);

/** δ of event i of a window, of one stream of windows: a hash of (seed, stream, window, i), hence without a state. */
export function draw(shape: Shape, i: number, window: number, stream: number, seed: number): number {
  philox(i, window, stream, 0, seed, STREAM.run_length, words);
  const g = normal(uniform(words[0]!, words[1]!));
  if (shape === 'gauss') return g;
  const [u, v] = [(words[2]! + 0.5) / 2 ** 32, (words[3]! + 0.5) / 2 ** 32];
  // −2 ln(u v) is χ² with 4 degrees of freedom.
  if (shape === 'student') return g / Math.sqrt(-0.5 * log(u * v));
  return u < 0.15 ? g + 4 * log(v) : g;
}

/** The regime of each event of a window, all equally likely; four events to one hash. */
export function drawRegimes(regimes: number, window: number, stream: number, seed: number, out: Uint16Array): void {
  for (let i = 0; i < out.length; i++) {
    if (i % 4 === 0) philox(i / 4, window, stream, 1, seed, STREAM.run_length, words);
    out[i] = Math.floor((words[i % 4]! * regimes) / 2 ** 32);
  }
}
