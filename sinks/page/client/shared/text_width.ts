/** Pixels that a line takes, for fonts as wide as they come (0.56 em a character on average). */
export const textWidth = (text: string, size = 12): number => Array.from(text.replaceAll('_', '')).length * 0.56 * size;

/** The text, or as much of its beginning as fits into `pixels`, with an ellipsis. */
export function fitted(text: string, pixels: number, size = 12): string {
  if (textWidth(text, size) <= pixels) return text;
  const most = Math.max(1, Math.floor(pixels / (0.56 * size)) - 1);
  return `${Array.from(text).slice(0, most).join('').trimEnd()}…`;
}
