import { setTimeout as pause } from 'node:timers/promises';
import { wrongPipeline } from '../../operators/problem.js';
import type { Probe } from '../../schemas/pipeline.js';
import { loadCard } from '../models/card_file.js';
import { openModel } from '../models/open_model.js';
import type { CardRows } from '../probe/objective.js';
import { probeRows, type ProbedMargins } from './probe_rows.js';

/** Plain data, so that it can be sent to a thread. */
export interface ProberConfig {
  readonly name: string;
  readonly probe: Probe;
  /** Path of the card. */
  readonly card: string;
  /** Share of one core that may be used. */
  readonly cpu: number;
}

/**
 * Probes events, here or on a thread of its own; the model has a process. Calls wait for each other. Closing waits for
 * none: they fail, and the model's process ends, whatever it does.
 */
export interface Prober {
  readonly probe: (rows: CardRows) => Promise<ProbedMargins>;
  readonly close: () => Promise<void>;
}

/** Opens the model. A wrong card or model is a Problem (2). `ending` closes the prober, while it is opened, too. */
export async function createProber(
  { name, probe, card: path, cpu }: ProberConfig,
  ending = new AbortController(),
): Promise<Prober> {
  const { signal } = ending;
  const loaded = await loadCard(path);
  if (probe.card_hash !== undefined && loaded.hash !== probe.card_hash)
    throw wrongPipeline(`probes.${name}: its card ${probe.card} changed after the pipeline was read; start again`);
  const model = await openModel(loaded, { signal });
  let last: Promise<unknown> = Promise.resolve();
  return {
    probe(rows) {
      const next = last.then(() => probeRows(probe, loaded.card, model, rows, restful(cpu, signal)));
      last = next.catch(() => undefined);
      return next;
    },
    async close() {
      ending.abort();
      await model.close();
    },
  };
}

/** Between the steps of a search: rests so long that of all time only a share was worked. */
function restful(cpu: number, signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    const worked = performance.now() - since;
    signal.throwIfAborted();
    if (cpu < 1) await pause(worked * (1 / cpu - 1), undefined, { signal });
    since = performance.now();
  };
}
