import { wrongPipeline, wrongSample } from '../../operators/problem.js';
import type { EpochContent } from '../../sinks/history/epoch_content.js';
import type { History } from '../../sinks/history/open_history.js';
import type { PeriodPlace } from './comparison.js';
import type { Period } from './quantity_rows.js';

/** The pipeline of that name, or the only one that the history has. */
export async function pipelineOf(history: History, name: string | undefined): Promise<string> {
  const names = await history.pipelines();
  if (name !== undefined) {
    if (names.includes(name)) return name;
    throw wrongSample(`history ${history.file}: no windows of pipeline ${name}; it has ${names.join(', ') || 'none'}`);
  }
  if (names.length === 1) return names[0]!;
  throw names.length === 0
    ? wrongSample(`history ${history.file}: no windows in it yet`)
    : wrongPipeline(`history ${history.file}: of ${names.length} pipelines; give --pipeline ${names.join(' or ')}`);
}

const FORM = /^(?:(\d+)@)?(-?\d+)?:(-?\d+)?$/;
const EXPECTED = 'expected FROM:TO by index (either may be left out, -10: are the last ten), or EPOCH@FROM:TO';

/** The epoch of that number, or the one that is read. */
function epochOf(history: History, epochs: readonly EpochContent[], number: string | undefined): EpochContent {
  const found = number === undefined ? epochs.at(-1) : epochs.find(({ epoch }) => epoch === Number(number));
  if (found) return found;
  const numbers = epochs.map(({ epoch }) => epoch).join(', ');
  throw wrongSample(`history ${history.file}: no epoch ${number ?? ''}; it has ${numbers || 'none'}`);
}

/** A period as a user writes it, both ends included; a number below 0 counts from the end, where −1 is the last. */
export async function placeOfPeriod(history: History, pipeline: string, text: string): Promise<PeriodPlace> {
  const match = FORM.exec(text);
  if (!match) throw wrongPipeline(`period ${text}: ${EXPECTED}`);
  const [, number, low, high] = match;
  const epoch = epochOf(history, await history.epochs(pipeline), number);
  const end = epoch.to ?? -1;
  const at = (index: string | undefined, otherwise: number): number => {
    if (index === undefined) return otherwise;
    return index.startsWith('-') ? Math.max(0, end + 1 + Number(index)) : Number(index);
  };
  const [from, to] = [at(low, 0), at(high, end)];
  if (from > to) throw wrongPipeline(`period ${text}: it ends at ${to}, before it begins; ${EXPECTED}`);
  return { file: history.file, epoch: epoch.epoch, from, to };
}

/** The windows of a period; none is a Problem. Its ends become those of the windows that there are. */
export async function readPeriod(history: History, pipeline: string, place: PeriodPlace): Promise<Period> {
  const windows = await history.windowsOf(pipeline, place.epoch, place.from, place.to);
  const [first, last] = [windows[0], windows.at(-1)];
  if (first && last) return { place: { ...place, from: first.report.index, to: last.report.index }, windows };
  const { from = null, to = null } = (await history.epochs(pipeline)).find(({ epoch }) => epoch === place.epoch) ?? {};
  const there = from === null || to === null ? 'there are none' : `there are ${from}:${to}`;
  throw wrongSample(`history ${history.file}: no windows ${place.epoch}@${place.from}:${place.to}; ${there}`);
}

/** The period that was set as reference; none is a Problem. */
export async function referencePlace(history: History, pipeline: string): Promise<PeriodPlace> {
  const reference = await history.reference(pipeline);
  if (reference) return { file: history.file, ...reference };
  throw wrongPipeline(`history ${history.file}: no reference: give --a FROM:TO, or set one with history set-reference`);
}
