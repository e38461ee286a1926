import { wrongPipeline } from '../operators/problem.js';
import type { Model } from '../operators/probes/types.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { closeModels, type OpenModels } from './model_columns.js';
import type { ModelPlan } from './model_plan.js';
import { loadCard } from './models/card_file.js';
import { openModel } from './models/open_model.js';
import { cardPath } from './pipeline_cards.js';

/** Opens models of a pipeline, each in a process of its own. `folder`: of the pipeline file. A wrong one is a Problem (2). */
export async function openModels(
  pipeline: Pipeline,
  folder: string | undefined,
  plans: readonly Pick<ModelPlan, 'name'>[],
): Promise<OpenModels> {
  const opened = new Map<string, Model>();
  try {
    for (const { name } of plans) {
      const entry = pipeline.models![name]!;
      if (folder === undefined)
        throw wrongPipeline(`models.${name}: its card ${entry.card} is looked for beside a file`);
      const card = await loadCard(cardPath(folder, entry));
      if (card.hash !== entry.card_hash)
        throw wrongPipeline(`models.${name}: its card ${entry.card} changed after the pipeline was read; start again`);
      opened.set(name, await openModel(card));
    }
  } catch (error) {
    await closeModels(opened);
    throw error;
  }
  return opened;
}
