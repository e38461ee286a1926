import { contentHash } from '../../operators/summaries/codec.js';
import { topicsOf } from '../../runtime/live/live_options.js';
import type { SummaryMessage } from '../../runtime/live/messages.js';
import { takePart } from '../../runtime/live/parts.js';
import type { KafkaConnection } from '../../sources/kafka/types.js';
import { everyRecord } from './copy_topic.js';

/** What a group has left in its topics. */
export interface LeftBehind {
  /** Window → the last report. */
  readonly reports: ReadonlyMap<string, string>;
  /** Windows that were told in two ways. */
  readonly contradictions: string[];
  /** 'partition/offset' of the dead letters, as often as they lie there. */
  readonly letters: readonly string[];
  /** Deltas of windows, and how many of them said again what was said. */
  readonly deltas: number;
  readonly repeated: number;
}

export async function leftBehind(connection: KafkaConnection, events: string, group: string): Promise<LeftBehind> {
  const topics = topicsOf(events, group);
  const contradictions: string[] = [];
  const reports = new Map<string, string>();
  for (const { key, value } of await everyRecord(connection, topics.reports)) {
    const [window, text] = [key!.toString().split('/')[0]!, value!.toString()];
    if ((reports.get(window) ?? text) !== text) contradictions.push(`report of window ${window}`);
    reports.set(window, text);
  }
  const letters = (await everyRecord(connection, topics.deadLetters)).map(({ headers }) => {
    return `${headers.get('partition') ?? ''}/${headers.get('offset') ?? ''} ${headers.get('reason') ?? ''}`;
  });
  const said = new Map<string, string>();
  const pending = {};
  let deltas = 0;
  for (const { key, value, headers } of await everyRecord(connection, topics.summaries)) {
    const hash = headers.get('pipeline') ?? '';
    const message = takePart(pending, value, headers, hash, topics.summaries) as SummaryMessage | null;
    if (message?.kind !== 'window') continue;
    const name = key!.toString();
    const content = contentHash({ ...message, epoch: 0 });
    if ((said.get(name) ?? content) !== content) contradictions.push(`delta ${name}`);
    said.set(name, content);
    deltas++;
  }
  return { reports, contradictions, letters: letters.sort(), deltas, repeated: deltas - said.size };
}
