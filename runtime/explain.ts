import { format } from '../operators/expressions/formula.js';
import { explainAnalysis } from './explain_analysis.js';
import { explainEvaluation } from './explain_evaluation.js';
import { explainModels } from './explain_models.js';
import { withModels } from './model_columns.js';
import { reportEdges } from './observations.js';
import { planPipeline, WEIGHT } from './pipeline_plan.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { windowWords } from './window.js';

/** The plan of a pipeline in words, for `regimewatch check`. A mistake in a formula is a Problem (2). */
export function explainPipeline({ pipeline, hash, locate }: LoadedPipeline): string {
  const plan = planPipeline(pipeline, locate);
  const { fast_reconstruction: reco, response, regimes, split, window } = pipeline;
  const identities = [pipeline.identity].flat().filter((name) => pipeline.columns[name] !== undefined);
  const made = reco?.objects.flatMap(({ pt, eta, phi }) => [pt[1], eta[1], phi[1]]) ?? [];
  const forReco =
    reco?.objects.flatMap(({ pt, eta, phi, with: more }) => [pt[0], eta[0], phi[0], ...Object.values(more ?? {})]) ??
    [];
  const needed = new Set([...withModels(plan.models, plan.needs).columns, ...identities]);
  const columnLines = Object.entries(pipeline.columns).map(([name, { unit, range, list, title }]) => {
    const why = needed.has(name)
      ? made.includes(name)
        ? 'needed, or made by the fast reconstruction'
        : 'needed'
      : forReco.includes(name)
        ? 'needed if the reconstruction is made here'
        : 'not used by what is on';
    const ends = range ? ` in [${range[0] ?? '-inf'}, ${range[1] ?? 'inf'}]` : '';
    const words = title === undefined ? '' : ` (${title})`;
    return `  ${name}${list ? '[]' : ''}${unit === undefined ? '' : ` [${unit}]`}${ends}${words}: ${why}`;
  });
  const formulaLines = plan.order.map((name, i) => {
    const unit = plan.signatures.get(name)?.unit;
    return `  ${i + 1}. ${name === WEIGHT ? 'weight' : name}${unit ? ` [${unit}]` : ''} = ${format(plan.definitions.get(name)!)}`;
  });
  const idle = [...plan.definitions.keys()].filter((name) => !plan.order.includes(name));
  const sources = Object.entries(pipeline.sources).flatMap(([format, source]) => {
    const map = Object.entries(source.columns ?? {}).map(([name, text]) => `${name} = ${text}`);
    return map.length > 0 ? [`  ${format}: ${map.join(', ')}`] : [];
  });
  return [
    `pipeline ${pipeline.pipeline}: ${pipeline.title}`,
    `hash ${hash}`,
    '',
    'columns',
    ...columnLines,
    ...(sources.length > 0 ? ['', 'renamed or computed from the names of the file', ...sources] : []),
    '',
    'formulas, in order of need',
    ...formulaLines,
    ...idle.map((name) => `  -  ${name}: defined, but nothing that is on needs it`),
    '',
    'context',
    ...plan.context.map((name) => {
      const variable = pipeline.context[name]!;
      const edges = reportEdges(variable);
      return `  ${name}: ${variable.bins[0]} bins from ${variable.bins[1]} to ${variable.bins[2]}, reported in ${edges.length - 1} bins from ${edges[0]!} to ${edges.at(-1)!} and beyond`;
    }),
    '',
    explainEvaluation(pipeline, plan),
    `response: ${response ? `${response.name} = (${response.reco} − ${response.truth}) / ${response.truth}` : 'off: the pipeline names no truth'}`,
    `weight: ${pipeline.weight ?? 'off: every event counts 1'}`,
    `identity: ${[pipeline.identity].flat().join(', ')}`,
    `regimes: ${regimes.count === 'auto' ? '2 to 8, by the Calinski–Harabasz index' : regimes.count}, ${regimes.standardise ? 'standardised (equal weight of the variables)' : 'not standardised'}, seed ${regimes.seed}`,
    `split: train ${split.train}, validation ${split.validation}, test ${split.test}, by the hash of the identity, seed ${split.seed}`,
    `windows: ${window === undefined ? 'off: none in the pipeline' : windowWords(window)}`,
    `fast reconstruction: ${reco ? recoWords(reco.when) : 'off: the pipeline has none'}`,
    `generator: ${pipeline.generator ? 'on: `regimewatch generate` makes its events' : 'on with defaults: `regimewatch generate`'}`,
    ...explainAnalysis(pipeline),
    ...explainModels(pipeline, plan),
    `alerts: mean of the core beyond ${pipeline.alerts.bias} by ${pipeline.alerts.significance} errors, and what docs/alerts.md lists`,
  ].join('\n');
}

const recoWords = (when: 'absent' | 'always'): string =>
  when === 'always' ? 'always on' : 'on for samples without reconstructed columns';
