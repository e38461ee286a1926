import type { Source } from '../source.js';

/**
 * Messages of a partition of a Kafka topic, a range of offsets as a stored sample: `kafka:TOPIC?partition=P&from=A&to=B`
 * (log_range). Avro and Arrow as wire/decoder reads them; a message that cannot be read is counted in `rejected`. The
 * position of an event is its message's offset · 2^16 + its place in the message.
 */
export const kafka: Source = {
  format: 'kafka',
  extensions: [],
  ranges: false,
  // Loaded when needed: the client library takes longer to load than a small sample to read.
  describe: async (path, options) => (await import('./read_messages.js')).describeRange(path, options),
  read: async function* (path, columns, options) {
    const { readMessages } = await import('./read_messages.js');
    yield* readMessages(path, columns, options);
  },
};
