import type { Book } from '../../operators/summaries/book.js';
import type { WorstState } from '../../operators/summaries/worst.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { stateOf } from '../report/pages.js';
import type { LiveModels } from './live_models.js';
import { distributions, plane } from './window_figures.js';
import { windowZones } from './window_zones.js';
import { worstEvents } from './worst_events.js';

/** What figures and alerts show of a window with a response. */
export function windowContent(pipeline: Pipeline, models: LiveModels, book: Book, corrects: boolean) {
  if (!pipeline.response) return {};
  return {
    distributions: distributions(pipeline, book),
    grid: plane(pipeline, models, book),
    zones: windowZones(pipeline, models, book, corrects),
    worst: 'worst' in book ? worstEvents(pipeline, stateOf<WorstState>(book, 'worst')) : undefined,
  };
}

type Known<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without the entries that are undefined: what is not known is absent. */
export const known = <T extends object>(entries: T): Known<T> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Known<T>;
