import { double, LOWER, UPPER, words } from '../../operators/double_words.js';
import type { Entry } from '../../operators/summaries/book.js';
import type { WorstConfig, WorstState } from '../../operators/summaries/worst.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { POSITION, SAMPLE } from '../identity.js';
import { featureColumn } from '../local_formulas.js';
import type { Model } from '../local_entries.js';
import { declaredColumn, localColumn } from '../local_pass.js';
import { DELTA, REGIME } from '../observations.js';
import type { SkimChunk } from '../skim.js';

/** Events of a window that are shown. */
const MOST = 20;

const KEY_UPPER = '(key, upper word)';
const KEY_LOWER = '(key, lower word)';
const WHOLE_PULL = '(pull of the whole delta)';
const LOCAL = ['y', 'residual', 'variance'] as const;

/** What is told of an event, by name: the formulas of the objects' features, the context, reco and truth; and their columns. */
const told = ({ objects = [], context, response }: Pipeline): ReadonlyMap<string, string> =>
  new Map([
    ...objects.flatMap((features) => Object.values(features).map((text) => [text, featureColumn(text)] as const)),
    ...[...Object.keys(context), ...(response ? [response.reco, response.truth] : [])].map(
      (name) => [name, name] as const,
    ),
  ]);

/** The events of a window whose pull is largest. */
export function worstEntry(pipeline: Pipeline): Entry {
  const values = [DELTA, ...told(pipeline).values()];
  const config: WorstConfig = { most: MOST, values: values.length };
  const columns = [WHOLE_PULL, KEY_UPPER, KEY_LOWER, ...values];
  return { key: 'worst', summary: 'worst', config, columns, group: REGIME, weighted: false };
}

/**
 * What the worst events are chosen by, as columns: the keys, and the pull with the whole δ. A learned model winsorises δ
 * (3 σ), which would leave the tail in no order: (y − E + δ − y) / σ, and so the same where nothing was moved.
 */
export function addWorst({ keyHi, keyLo, length }: SkimChunk, judge: Model, columns: Map<string, Float64Array>): void {
  if (judge === 'declared') columns.set(WHOLE_PULL, columns.get(declaredColumn('pull'))!);
  else {
    const [delta, y, residual, variance] = [DELTA, ...LOCAL.map(localColumn)].map((name) => columns.get(name)!);
    const pull = new Float64Array(length);
    for (let i = 0; i < length; i++) pull[i] = (residual![i]! + (delta![i]! - y![i]!)) / Math.sqrt(variance![i]!);
    columns.set(WHOLE_PULL, pull);
  }
  columns.set(KEY_UPPER, Float64Array.from(keyHi.subarray(0, length)));
  columns.set(KEY_LOWER, Float64Array.from(keyLo.subarray(0, length)));
}

/** The kept events, the largest |pull| first. */
export function worstEvents(pipeline: Pipeline, { kept, values, table }: WorstState): WindowReport['worst'] {
  const names = [...told(pipeline).keys()];
  const width = 4 + values;
  return Array.from({ length: kept }, (_, row) => {
    const [pull, upper, lower, regime, delta, ...rest] = table.subarray(row * width, (row + 1) * width);
    return {
      identity: identityOf(pipeline, upper!, lower!),
      ...{ regime: regime!, delta: delta!, pull: pull! },
      values: Object.fromEntries(names.map((name, i) => [name, rest[i]!])),
    };
  });
}

/** Whole numbers up to here are taken for what they say; of hashed keys one in 60,000 looks like one. */
const LARGEST = 2 ** 46;

/** An identity of one column is the column's value, unless a sample had to name its events otherwise (identity.ts). */
function identityOf({ identity }: Pipeline, upper: number, lower: number): string {
  words[UPPER] = upper;
  words[LOWER] = lower;
  const value = double[0]!;
  const [name, ...others] = [identity].flat();
  const column = others.length === 0 && name !== POSITION && name !== SAMPLE;
  if (column && Number.isInteger(value) && value >= 0 && value <= LARGEST) return String(value);
  return [upper, lower].map((word) => word.toString(16).padStart(8, '0')).join('');
}
