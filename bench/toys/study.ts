import { generated, ONSET } from './generated.js';
import { intervalRows, intervalsOf, type Intervals } from './intervals.js';
import { nullFinding, nullRows, type NullFinding } from './null_samples.js';
import { onsetFinding, onsetRows, type OnsetFinding } from './onsets.js';
import type { Row } from './row.js';

export interface Study {
  readonly samples: number;
  /** Events in each. */
  readonly events: number;
  /** Events in the sample that stands for the truth of bias and widths. */
  readonly truth: number;
  readonly seed: number;
  readonly only?: Row['study'] | undefined;
}

/** Events that a study generates in all. */
export const eventsOf = ({ samples, events, truth, only }: Study): number =>
  (only === 'onset' ? 0 : samples * events) +
  (only === undefined || only === 'onset' ? samples * events : 0) +
  (only === undefined || only === 'coverage' ? truth : 0);

/** Regenerates the samples one after another and measures. */
export async function study(settings: Study, onEvents: (more: number) => void): Promise<Row[]> {
  const { samples, events, truth, seed, only } = settings;
  const wanted = (name: Row['study']): boolean => only === undefined || only === name;
  // Truth 0, then null and onset samples in turns: all seeds differ.
  const seedOf = (sample: number, kind: 1 | 2): number => (seed + 2 * sample + kind) >>> 0;
  const nulls: NullFinding[] = [];
  const intervals: Intervals[] = [];
  const onsets: OnsetFinding[] = [];
  for (let sample = 0; sample < samples; sample++) {
    if (wanted('null') || wanted('coverage')) {
      const report = await generated('null', seedOf(sample, 1), events, onEvents);
      nulls.push(nullFinding(report));
      intervals.push(intervalsOf(report));
    }
    if (wanted('onset')) onsets.push(onsetFinding(await generated('onset', seedOf(sample, 2), events, onEvents)));
  }
  return [
    ...(wanted('null') ? nullRows(nulls) : []),
    ...(wanted('coverage')
      ? intervalRows(intervals, intervalsOf(await generated('truth', seed >>> 0, truth, onEvents)))
      : []),
    ...(wanted('onset') ? onsetRows(onsets, ONSET) : []),
  ];
}
