import { join } from 'node:path';
import { regimewatch } from './children.js';
import type { Source } from './run.js';
import { fillTopic, type Log } from './throughput.js';

/** Events of a window: some forty windows in a log, or as many as a window of use has. */
const MOST_IN_A_WINDOW = 50_000;
const WINDOWS = 40;

/** Generates a sample in the folder and puts it into a topic of one partition. */
export async function makeLog(
  { broker, pipeline, folder, run }: Readonly<Record<'broker' | 'pipeline' | 'folder' | 'run', string>>,
  { name, encoding, compression, events }: Log,
): Promise<{ source: Source; sample: string }> {
  const sample = join(folder, `${events}.arrow`);
  await regimewatch('generate', pipeline, '--events', String(events), '--out', sample);
  const window = Math.min(MOST_IN_A_WINDOW, Math.round(events / WINDOWS));
  const source = {
    ...{ broker, topic: `bench-${run}-${name}`, events, encoding, pipeline, window, models: null },
    set: ['weight=none', `window={ events: ${window} }`],
  };
  await fillTopic(source, sample, compression);
  return { source, sample };
}
