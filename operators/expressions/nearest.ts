import { distance } from 'fastest-levenshtein';

const LONGEST = 100;

/**
 * The known name that a wrong one was most likely meant to be: least Levenshtein distance, case counting only
 * between equals; undefined if none differs in at most a third of its letters (one letter in short names).
 */
export function nearest(wrong: string, known: Iterable<string>): string | undefined {
  if (wrong.length > LONGEST) return undefined;
  const lower = wrong.toLowerCase();
  let best: string | undefined;
  let bestScore = Infinity;
  for (const name of known) {
    if (name.length > LONGEST) continue;
    const letters = distance(lower, name.toLowerCase());
    const length = Math.max(wrong.length, name.length);
    if (letters > Math.max(1, Math.floor(length / 3)) || letters >= length) continue;
    // A letter weighs more than any number of cases.
    const score = letters * (LONGEST + 1) + distance(wrong, name);
    if (score < bestScore) {
      best = name;
      bestScore = score;
    }
  }
  return best;
}
