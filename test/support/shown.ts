/** Lines without what differs from run to run: times, rates, the folder. */
const lasting = (text: string, folder: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .trimEnd()
        .replaceAll(`${folder}/`, '')
        .replace(/[\d.,]+ events\/s/g, 'N events/s')
        .replace(/\b\d+\.\d+ s\b/g, 'N s'),
    );

/**
 * The first line of `shown` that `printed` does not have in its place; undefined if it has them all.
 * A line `...` stands for any number of lines.
 */
export function firstUnprinted(shown: string, printed: string, folder: string): string | undefined {
  const lines = lasting(printed, folder);
  let [at, skipping] = [0, false];
  for (const line of lasting(shown, folder)) {
    if (line === '...') skipping = true;
    else {
      const found = skipping ? lines.indexOf(line, at) : lines[at] === line ? at : -1;
      if (found < 0) return line;
      [at, skipping] = [found + 1, false];
    }
  }
  return skipping || at === lines.length ? undefined : `(the end; but there follows: ${lines[at]!})`;
}
