import { keepLabels } from './label_sets.js';
import { duration, fixed, percent, plain, rounded, toError } from './number_words.js';
import { samplesNamed } from './samples_named.js';
import type { AlertState, Labels, Scrape, Words } from './types.js';

const count = (value: number): string => fixed(value, 0);
const FORMATS = { percent, duration, count, number: plain, errors: rounded };
const UNKNOWN = 'unknown';

type Part = Exclude<Words[number], string>;
type Alert = Pick<AlertState, 'labels' | 'value'>;

/** A text with the numbers of the instant in it, letter by letter as Prometheus' templates give it. */
export const wordsOf = (words: Words, alert: Alert, scrape: Scrape): string =>
  words.map((part) => (typeof part === 'string' ? part : textOf(part, alert, scrape))).join('');

function textOf(part: Part, { labels, value }: Alert, scrape: Scrape): string {
  if ('value' in part) return Number.isNaN(value) ? UNKNOWN : FORMATS[part.value](value);
  if ('label' in part && !('metric' in part)) return labels[part.label] ?? '';
  const wanted: Labels = { ...part.labels, ...keepLabels(labels, part.same) };
  const find = (metric: string) => samplesNamed(scrape, metric, wanted)[0];
  if ('metric' in part) {
    const found = find(part.metric);
    if (!found) return UNKNOWN;
    return part.as === 'label' ? (found.labels[part.label ?? ''] ?? '') : FORMATS[part.as](found.value);
  }
  const [found, ...others] = ('estimate' in part ? part.estimate : part.interval).map((name) => find(name)?.value);
  if (found === undefined) return UNKNOWN;
  if ('estimate' in part) {
    const [factor, unit] = part.as === 'percent' ? [100, '%'] : [1, ''];
    const error = others[0] === undefined ? undefined : factor * others[0];
    const say = toError(error ?? 0);
    return `${say(factor * found)}${unit} ± ${error === undefined ? UNKNOWN : say(error) + unit}`;
  }
  const [low, high] = others;
  if (low === undefined || high === undefined) return `${general(found)} (${UNKNOWN})`;
  const say = toError((high - low) / 2);
  return `${say(found)} (${say(low)} to ${say(high)})`;
}

const general = toError(0);
