import type { LoadedPipeline } from '../pipeline_file.js';
import { planPipeline } from '../pipeline_plan.js';
import { closeModels, withModels } from '../model_columns.js';
import type { LaneOptions } from './probe_lane.js';
import { NO_EXTRAS, type StageExtras } from './wire_stage.js';

/** Opens the models and probes of a pipeline, where it has some; models that cannot be opened are a Problem (2). */
export async function openExtras(
  loaded: LoadedPipeline,
  { models: inEffect, notice, probeThread }: LaneOptions & { readonly probeThread?: boolean },
): Promise<StageExtras> {
  const { pipeline, cards } = loaded;
  if (cards === undefined) return NO_EXTRAS;
  const { openModels } = await import('../open_models.js');
  const { openLiveProbes } = await import('./live_probes.js');
  const plan = planPipeline(pipeline);
  return {
    models: await openModels(pipeline, cards.folder, withModels(plan.models, plan.needs).models),
    probes: openLiveProbes(loaded, { models: inEffect, notice, onThread: probeThread === true }),
  };
}

export async function closeExtras({ models, probes }: StageExtras): Promise<void> {
  await probes?.close();
  await closeModels(models);
}
