import { setFlagsFromString } from 'node:v8';
import type { LiveSummary } from '../../runtime/live/messages.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { meter, type Run, type Source } from './run.js';

/** Of the topic: what a worker has learned and warmed up to before the measurement begins. */
const WARM = 0.25;
/** A partition waits for its models with so many windows, so that the beginning is the same for every length of the log. */
const HELD_WINDOWS = 8;

/** Whole program as it is run, and its steady part: from the report at a quarter of the events to the end. */
export interface Worker extends Run {
  readonly steady: Run;
}

/**
 * The program itself, `regimewatch live --until-end` in this process: group, learning, summaries, deltas, merging, window
 * reports, checkpoints. Its lines are looked at as they are printed.
 */
export async function worker(source: Source, group: string, more: readonly string[] = []): Promise<Worker> {
  // As bin/regimewatch.js sets it.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=5000');
  const whole = meter();
  let closed = 0;
  let before = 0;
  const ended: { summary?: LiveSummary; steady?: ReturnType<typeof meter> } = {};
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string): boolean => {
    for (const line of text.split('\n').filter((each) => each.startsWith('{'))) {
      const said = JSON.parse(line) as WindowReport | LiveSummary;
      if ('stateHash' in said) ended.summary = said;
      else closed += said.events;
      if (!ended.steady && closed >= WARM * source.events) [ended.steady, before] = [meter(), closed];
    }
    return true;
  };
  process.argv = [process.execPath, 'regimewatch', 'live', source.pipeline, '--brokers', source.broker];
  process.argv.push(
    '--topic',
    source.topic,
    '--group',
    group,
    '--until-end',
    '--format',
    'json',
    '--hold',
    String(HELD_WINDOWS * source.window),
  );
  process.argv.push(...more, ...source.set.flatMap((each) => ['--set', each]));
  await import('../../cli/main.js');
  process.stdout.write = write;
  const { summary, steady } = ended;
  if (summary?.events.read !== source.events || !steady) throw new Error('live: did not read all events');
  return { ...whole(source.events), steady: steady(source.events - before) };
}
