import { has } from './evaluate_condition.js';
import { keepLabels } from './label_sets.js';
import { duration, percent, plain } from './number_words.js';
import type { AlertState, Scrape, Words } from './types.js';

const FORMATS = { percent, duration, number: plain };

/** A text with the numbers of the instant in it, letter by letter as Prometheus' templates give it. */
export function wordsOf(words: Words, { labels, value }: Pick<AlertState, 'labels' | 'value'>, scrape: Scrape): string {
  const texts = words.map((part) => {
    if (typeof part === 'string') return part;
    if ('value' in part) return Number.isNaN(value) ? 'unknown' : FORMATS[part.value](value);
    if (!('metric' in part)) return labels[part.label] ?? '';
    const wanted = { ...part.labels, ...keepLabels(labels, part.same) };
    const found = scrape.samples.find((one) => one.name === part.metric && has(one.labels, wanted));
    if (!found) return 'unknown';
    return part.as === 'label' ? (found.labels[part.label ?? ''] ?? '') : FORMATS[part.as](found.value);
  });
  return texts.join('');
}
