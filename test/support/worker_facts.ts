import type { WorkerFacts } from '../../sinks/prometheus/worker_families.js';

/** A worker of two partitions, of which one has read nothing yet, that closes no windows. */
export const workerFacts: WorkerFacts = {
  partitions: [
    { partition: 0, lag: 12, watermark: 7, rowsHeld: 3, waitingForModels: false, checkpointAgeSeconds: 1.5 },
    { partition: 4, lag: null, watermark: null, rowsHeld: 0, waitingForModels: true, checkpointAgeSeconds: null },
  ],
  events: {
    ...{ read: 20, used: 10, late: 4, duplicate: 3, deadLetters: 5 },
    rejected: { 'w: not a finite number': 2, other: 1 },
  },
  ...{ keeper: null, join: null, models: null, probes: [], retries: 1, restarts: 2, rebalances: 3 },
};
