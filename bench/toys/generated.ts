import { join } from 'node:path';
import { replayOptions } from '../../cli/options.js';
import { packageFolder } from '../../cli/version.js';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { replay } from '../../runtime/replay.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { Report } from '../../schemas/report.js';

/** null: a response that is local. onset: beyond `ONSET` the context shifts it. */
export type Kind = 'null' | 'onset';

/** Where the injected violation begins, in GeV of H_T: above it the pT scale falls by 2 % per 300 GeV, up to 1200. */
export const ONSET = 300;
const INJECTED = `where(H_T > ${ONSET}, -0.02 * (min(H_T, 1200) - ${ONSET}) / 300, 0)`;

/**
 * A sample of its own for each seed: truth and reconstruction are drawn anew, the rest is as pipelines/dilepton.yaml
 * has it. `truth`: nothing but the response is measured, as for a sample so large that it stands for the truth.
 */
export async function generated(
  kind: Kind | 'truth',
  seed: number,
  events: number,
  onEvents: (more: number) => void,
): Promise<Report> {
  const loaded = await loadPipeline(join(packageFolder(), 'pipelines', 'dilepton.yaml'), [
    'weight=none',
    'window=none',
    'fast_reconstruction.when=always',
    `fast_reconstruction.seed=${seed}`,
    `danger_zone.seed=${seed}`,
    ...(kind === 'onset' ? [`fast_reconstruction.context.pt_scale=${INJECTED}`] : []),
  ]);
  const samples = await prepareSamples(loaded, [`generator:${events}?seed=${seed}&high_pt=0.3`]);
  return replay(
    kind === 'truth' ? responseAlone(loaded) : loaded,
    samples,
    replayOptions(1, (progress) => {
      onEvents(progress.events);
    }),
  );
}

function responseAlone({ pipeline, ...rest }: LoadedPipeline): LoadedPipeline {
  const alone = {
    ...pipeline,
    local_model: { ...pipeline.local_model, categories: {}, knots: {} },
    correction: 'none' as const,
  };
  delete alone.objects;
  delete alone.local_model.declared;
  return { ...rest, pipeline: alone };
}
