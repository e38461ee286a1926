import { wrongSample } from '../../operators/problem.js';
import type { ProbeReport } from '../../schemas/probe_report.js';
import type { LoadedCard } from '../models/card_file.js';
import { openModel } from '../models/open_model.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import type { PreparedSample } from '../samples.js';
import { buildProbeReport } from './build_probe_report.js';
import { chooseEvents } from './choose_events.js';
import { objectiveOf, selectRows, type CardRows, type Probed, type RunModel } from './objective.js';
import type { ProbeOptions } from './probe_options.js';
import { runAttacks } from './run_attacks.js';
import type { Study, Trial } from './study.js';

/** Share of the time that attacks take, roughly; the rest is for reading and figures. */
const ATTACKS_SHARE = 0.85;

/**
 * Probes a model: reads the samples, finds regimes, picks events by the hash of their identity, and lets every attack and
 * the control change those that the model has right, inside the uncertainties of its card.
 */
export async function probe(
  pipeline: LoadedPipeline,
  card: LoadedCard,
  samples: readonly PreparedSample[],
  options: ProbeOptions,
): Promise<ProbeReport> {
  const start = options.clock();
  const model = await openModel(card);
  let evaluations = 0;
  const run: RunModel = (columns, length) => {
    evaluations += length;
    return model.run(columns, length);
  };
  try {
    const chosen = await chooseEvents(pipeline, card.card, samples, options);
    const whole = await objectiveOf(card.card, run, chosen.rows);
    const right = Int32Array.from(whole.right.keys()).filter((row) => whole.right[row] === 1);
    if (right.length === 0)
      throw wrongSample(`model ${card.card.name}: has none of ${chosen.rows.length} events right`);
    const trials = await tryAll(card, run, selectRows(chosen.rows, right), options);
    options.onStage?.('figures', ATTACKS_SHARE);
    const study: Study = {
      ...{ card: card.card, rows: chosen.rows, regime: chosen.regime, whole, right, trials },
      regimes: chosen.map.centroids.length,
      size: options.size,
      sizes: options.sizes,
      seed: options.seed,
    };
    const report = await buildProbeReport(pipeline, card, chosen, study, options);
    const seconds = options.clock() - start;
    return { ...report, timing: { seconds, evaluationsPerSecond: evaluations / seconds } };
  } finally {
    await model.close();
  }
}

async function tryAll(card: LoadedCard, run: RunModel, rows: CardRows, options: ProbeOptions): Promise<Trial[]> {
  const directions = card.card.task.kind === 'classify' ? ([1] as const) : ([1, -1] as const);
  const trials: Trial[] = [];
  for (const [way, direction] of directions.entries()) {
    const probed: Probed = await objectiveOf(card.card, run, rows, direction);
    const result = await runAttacks(probed, {
      ...options,
      onProgress: (done) => options.onStage?.('attacks', (ATTACKS_SHARE * (way + done)) / directions.length),
    });
    trials.push({ direction, probed, result });
  }
  return trials;
}
