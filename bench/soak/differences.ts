import type { SoakResult } from './run_soak.js';

/** What is not as it would be without the storm, a line each. */
export function differences({ stormy, alone, clean, replayed, spoiled }: SoakResult, events: number): string[] {
  const found: string[] = [];
  const same = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b))
      found.push(`${what}: ${JSON.stringify(a)} after the storm, ${JSON.stringify(b)} without it`);
  };
  for (const key of Object.keys(alone.summary) as (keyof typeof alone.summary)[])
    same(key, stormy.summary[key], alone.summary[key]);
  same('window reports', stormy.reports.size, alone.reports.size);
  for (const [window, report] of alone.reports)
    if (stormy.reports.get(window) !== report) found.push(`report of window ${window}: differs`);
  const [letters, twice] = [new Set(stormy.letters), stormy.letters.length - new Set(stormy.letters).size];
  same('dead letters', [...letters], [...new Set(alone.letters)]);
  if (twice > 0)
    found.push(`dead letters: ${twice} lie there again: ${repeated(stormy.letters).slice(0, 3).join('; ')}`);
  if (alone.letters.length !== spoiled.poison)
    found.push(`dead letters: ${alone.letters.length} of ${spoiled.poison} messages that are poison`);
  for (const each of [...stormy.contradictions, ...alone.contradictions]) found.push(`told in two ways: ${each}`);
  if (clean.stateHash !== replayed) found.push(`stateHash: ${clean.stateHash} live, ${replayed} replayed`);
  if (clean.events.read !== events) found.push(`events: ${clean.events.read} of ${events}`);
  if (stormy.summary.events.used !== clean.events.used)
    found.push(`events used: ${stormy.summary.events.used}, ${clean.events.used} in the sample`);
  return found;
}

const repeated = (letters: readonly string[]): string[] => letters.filter((each, i) => each === letters[i - 1]);
