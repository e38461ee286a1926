import { wrongPipeline } from '../../operators/problem.js';
import { openHistory, type History } from '../../sinks/history/open_history.js';
import { pipelineOf, placeOfPeriod, readPeriod } from '../history/period.js';
import type { Period } from '../history/quantity_rows.js';
import { confined, type McpSetting } from './setting.js';
import type { Provenance } from './statement.js';

/** Opens a history to read, and closes it after the work, so that whoever writes it is in the way no longer than that. */
export async function readingHistory<T>(
  setting: McpSetting,
  path: string | undefined,
  work: (history: History) => Promise<T>,
): Promise<T> {
  const file = path ?? setting.history;
  if (file === null) throw wrongPipeline('history: none was given; start the server with --history FILE');
  const history = await openHistory(confined(setting, file), { access: 'read' });
  try {
    return await work(history);
  } finally {
    await history.close();
  }
}

/** The windows of a period of the pipeline (default the only one); default all windows of the present epoch. */
export async function periodOf(history: History, pipeline: string | undefined, text = ':'): Promise<Period> {
  const name = await pipelineOf(history, pipeline);
  return readPeriod(history, name, await placeOfPeriod(history, name, text));
}

export function provenanceOf({ version }: McpSetting, { place, windows }: Period): Provenance {
  const { report } = windows.at(-1)!;
  return {
    regimewatch: version,
    ...{ pipeline: report.pipeline, pipelineHash: report.pipelineHash, source: place.file },
    ...{ windows: `${place.epoch}@${place.from}:${place.to}`, chain: report.chain },
  };
}
