import type { Persistence } from '../../kafka/persist.js';
import { Problem, wrongPipeline } from '../../operators/problem.js';
import { openLog } from './log.js';
import type { KafkaConnection, KafkaLog } from './types.js';

/** How to reach a log, and the schemas of its messages. Plain data with secrets in it: never shown, never written. */
export interface KafkaAccess {
  readonly connection: KafkaConnection;
  readonly registry?: { readonly url: string; readonly username?: string; readonly password?: string };
  /** Avro schemas (JSON) of messages, besides those that the topic's schemas topic holds. */
  readonly schemas?: readonly string[];
}

/** About 10 s. */
const ATTEMPTS = 8;

/** For what is stored: a broker that stays away ends it, where a live worker would wait. */
export const givingUp: Persistence = {
  onRetry: ({ what, attempt, error }) => {
    if (attempt < ATTEMPTS) return;
    throw new Problem(1, `Kafka: ${what}: ${error}; tried ${attempt} times: see that the broker runs`);
  },
};

/** The log that a stored sample is in. */
export function openStoredLog(access: KafkaAccess | undefined, path: string): KafkaLog {
  if (access === undefined) throw wrongPipeline(`${path}: is in Kafka, and no brokers are known: give --brokers`);
  return openLog(access.connection, givingUp);
}
