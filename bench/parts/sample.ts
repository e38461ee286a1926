import { generateSample } from '../../runtime/generate.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import type { Task } from './outcome.js';

/** Writes a generated sample; the ending of the file gives its format. */
export async function makeSample({ pipeline, onRun }: Task, file: string, events: number): Promise<void> {
  let made = 0;
  await generateSample(await loadPipeline(pipeline), events, file, (more) => {
    made += more;
    onRun(`writing ${made.toLocaleString('en')} of ${events.toLocaleString('en')} events`);
  });
}
