import type { KafkaConnection } from '../../sources/kafka/types.js';

export const connectionOf = (broker: string): KafkaConnection => ({
  ...{ brokers: [broker], clientId: 'regimewatch-bench', tls: null, sasl: null },
});
