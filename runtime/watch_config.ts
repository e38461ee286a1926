import type { WatchConfig } from '../operators/checks/watch.js';
import type { Pipeline } from '../schemas/pipeline.js';

/** What is watched in each regime, and how a reason calls it. */
export const QUANTITIES = { bias: 'bias', sigma68: 'sigma68', pull: 'mean pull' } as const;
export type Quantity = keyof typeof QUANTITIES;

/** The checks of a pipeline for regimes of these names; without a local model there are no pulls. */
export function watchConfig({ checks }: Pipeline, labels: readonly string[], withPulls: boolean): WatchConfig {
  const { run_length: runLength, k, learn, warning, raise, clear, least, tolerance } = checks;
  const quantities = (Object.keys(QUANTITIES) as Quantity[]).filter((quantity) => quantity !== 'pull' || withPulls);
  const watched = labels.flatMap((label, regime) =>
    quantities.map((quantity) => ({
      regime,
      quantity,
      subject: `${label}: change of ${QUANTITIES[quantity]}`,
      tolerance: tolerance[quantity],
      logarithmic: quantity === 'sigma68',
    })),
  );
  return { watched, runLength, k, learn, warning, raise, clear, least };
}
