/**
 * M. Petroff, Accessible Color Sequences for Data Visualization, arXiv:2107.02270: the six-colour cycle, and four of
 * the ten-colour one that are not like any of the six. A regime has one colour everywhere.
 */
const palette = [
  ...['#5790fc', '#f89c20', '#e42536', '#964a8b', '#9c9ca1', '#7a21dd'],
  ...['#a96b59', '#b9ac70', '#717581', '#92dadd'],
];
const onDark: Readonly<Record<string, string>> = { '#964a8b': '#c77abd', '#7a21dd': '#a878f5' };
const onLight: Readonly<Record<string, string>> = { '#b9ac70': '#a0924c', '#92dadd': '#4fb3b8' };

export function regimeColour(regime: number, dark: boolean): string {
  const colour = palette[regime % palette.length]!;
  return (dark ? onDark : onLight)[colour] ?? colour;
}
