/**
 * M. Petroff, Accessible Color Sequences for Data Visualization, arXiv:2107.02270: the six-colour cycle, and four of
 * the ten-colour one that are not like any of the six.
 */
const palette = [
  ...['#5790fc', '#f89c20', '#e42536', '#964a8b', '#9c9ca1', '#7a21dd'],
  ...['#a96b59', '#b9ac70', '#717581', '#92dadd'],
];

/** The purples are too dark on a dark ground, khaki and light blue too light on a white one: what is drawn there. */
export const onDark: readonly (readonly [string, string])[] = [
  ['#964a8b', '#c77abd'],
  ['#7a21dd', '#a878f5'],
];
export const onLight: readonly (readonly [string, string])[] = [
  ['#b9ac70', '#a0924c'],
  ['#92dadd', '#4fb3b8'],
];

const dashes = ['', '7 3', '2 2', '7 3 2 3'];

/** Colour of a regime; 'all' has the colour of the text. From the eleventh on, colours come again. */
export const colourOf = (regime: number | 'all'): string =>
  regime === 'all' ? 'currentColor' : palette[regime % palette.length]!;

/** Dashes of a regime's line: none for the first six, then others every six, so that no line is drawn twice alike. */
export const dashOf = (regime: number | 'all'): string =>
  regime === 'all' ? '' : dashes[Math.floor(regime / 6) % dashes.length]!;

const channels = (colour: string): number[] => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** Colour at t in [0, 1] of a ramp through equally spaced colours, linear in sRGB. */
export function ramp(colours: readonly string[], t: number): string {
  const at = Math.min(Math.max(t, 0), 1) * (colours.length - 1);
  const i = Math.min(Math.floor(at), colours.length - 2);
  const [a, b] = [channels(colours[i]!), channels(colours[i + 1]!)];
  return `#${a
    .map((v, k) => Math.round(v + (b[k]! - v) * (at - i)))
    .map((v) => v.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** Nine points of viridis (S. van der Walt and N. Smith, matplotlib), for what has a size. */
export const sequential = [
  '#440154',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
  '#fde725',
];

/** Five points of the cool-warm map (K. Moreland, Diverging Color Maps for Scientific Visualization), for a sign. */
export const diverging = ['#3b4cc0', '#8db0fe', '#dddddd', '#f49a7b', '#b40426'];
