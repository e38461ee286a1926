import { format, namesIn, parse, substitute, type Formula } from '../operators/expressions/formula.js';
import { fastReconstruction, type FastReconstruction } from '../operators/reconstruction/fast_reconstruction.js';
import type { FastReconstructionConfig } from '../operators/reconstruction/config.js';
import type { Pipeline } from '../schemas/pipeline.js';

/** The pipeline's fast reconstruction, its context terms written out in columns (H_T → gen_l1_pt + gen_l2_pt). */
export function reconstructionConfig(
  { fast_reconstruction: config }: Pipeline,
  definitions: ReadonlyMap<string, Formula>,
): FastReconstructionConfig | undefined {
  if (config === undefined) return undefined;
  const local = new Set(['pt', 'eta', 'phi', ...config.objects.flatMap((object) => Object.keys(object.with ?? {}))]);
  const writeOut = (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined;
    let formula = parse(text);
    for (;;) {
      const defined = [...namesIn(formula)].filter((name) => definitions.has(name) && !local.has(name));
      if (defined.length === 0) return format(formula);
      formula = substitute(formula, new Map(defined.map((name) => [name, definitions.get(name)!])));
    }
  };
  const { context } = config;
  return {
    ...config,
    context: context && { pt_scale: writeOut(context.pt_scale), pt_width: writeOut(context.pt_width) },
  };
}

export function reconstructionOf(
  pipeline: Pipeline,
  definitions: ReadonlyMap<string, Formula>,
): FastReconstruction | undefined {
  const config = reconstructionConfig(pipeline, definitions);
  return config && fastReconstruction(config);
}
