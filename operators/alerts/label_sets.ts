import type { Labels, Matching } from './types.js';

/** A number and its labels; `name` while it is still the metric itself. */
export interface Element {
  readonly name: string | null;
  readonly labels: Labels;
  readonly value: number;
}

/** Labels as one text: equal texts, equal labels. A label of no text is no label, as in Prometheus. */
export function labelKey(labels: Labels): string {
  const names = Object.keys(labels).filter((name) => labels[name] !== '');
  return JSON.stringify(names.sort().map((name) => [name, labels[name]]));
}

export const keepLabels = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name, text]) => names.includes(name) && text !== ''));

export const dropLabels = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));

/** The labels that are compared; without a word on it, all but the metric's name. */
export const matchedLabels = (labels: Labels, matching: Matching = { ignoring: [] }): Labels =>
  'on' in matching ? keepLabels(labels, matching.on) : dropLabels(labels, matching.ignoring);
