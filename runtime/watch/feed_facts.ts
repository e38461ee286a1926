import type { WorkerFacts } from '../../sinks/prometheus/worker_families.js';

/** What a feed asks of the stream that it shows; what it knows of the windows itself it adds. */
export interface FeedFacts extends Omit<WorkerFacts, 'correction' | 'closedAt' | 'version'> {
  readonly ready: boolean;
  /** The stream has come to its end. */
  readonly ended: boolean;
}
