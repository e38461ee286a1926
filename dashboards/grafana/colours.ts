/** Petroff's accessible cycle, arXiv:2107.02270: told apart with every colour vision, on dark and on light. */
export const COLOURS = {
  blue: '#5790fc',
  orange: '#f89c20',
  red: '#e42536',
  purple: '#964a8b',
  grey: '#9c9ca1',
  violet: '#7a21dd',
} as const;
