import { compile, type EvaluatedBy, type Evaluator } from '../operators/expressions/evaluate.js';
import { namesIn, parse, substitute, type Formula } from '../operators/expressions/formula.js';
import { typeOf, type Scope } from '../operators/expressions/types.js';
import type { FastReconstruction } from '../operators/reconstruction/fast_reconstruction.js';
import { messageOf, Problem, wrongPipeline, wrongSample } from '../operators/problem.js';
import type { SplitConfig } from '../operators/split.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { missingColumns, requireColumns } from '../sources/missing_columns.js';
import type { KafkaAccess } from '../sources/kafka/access.js';
import type { SampleInfo, SourceOptions } from '../sources/source.js';
import { WIRE_KEY, WIRE_POSITION } from '../sources/wire/types.js';
import { evaluatorOf } from './evaluator.js';
import { POSITION, SAMPLE, type IdentityParts } from './identity.js';
import { contextUnit } from './observations.js';
import { withModels, type ModelStage } from './model_columns.js';
import { bindPick, type BoundPick, type EventPick } from './pick.js';
import type { PipelinePlan } from './pipeline_plan.js';
import { reconstructionOf } from './reconstruction.js';
import { numberColumn, windowNumbers, type WindowNumbers } from './window.js';

/** What turns the batches of one sample into skim chunks. */
export interface SampleStage {
  readonly sample: number;
  /** Columns to ask of the source. */
  readonly read: readonly string[];
  /** Columns of the pipeline that are columns of the file: [name, name in the file]. */
  readonly direct: readonly (readonly [string, string])[];
  /** Evaluates the column map from the file's columns, which it knows under `fileName(name)`. */
  readonly mapped: Evaluator | null;
  readonly fileName: (name: string) => string;
  readonly ranges: readonly { name: string; low: number; high: number; unit: string | null }[];
  readonly identity: IdentityParts;
  readonly identityColumns: readonly string[];
  /** Columns that bring the keys of the identity ready made, low word first: messages of events that have no one column. */
  readonly keys: typeof WIRE_KEY | null;
  /** True if the key is the value of one column, so that a rising column shows that nothing repeats. */
  readonly identityRises: boolean;
  readonly split: SplitConfig;
  readonly reconstruct: FastReconstruction['apply'] | null;
  readonly evaluate: Evaluator;
  readonly windows: WindowNumbers | null;
  /** Column that numbers the events, null: their position. */
  readonly numbers: string | null;
  /** Context variables, and how large their values may be for sums of them and their squares to be exact. */
  readonly context: readonly { readonly name: string; readonly most: number }[];
  readonly response: { readonly name: string; readonly reco: string; readonly truth: string } | null;
  readonly picks: readonly BoundPick[];
  readonly models: ModelStage;
}

export interface SampleToBind {
  readonly index: number;
  readonly path: string;
  readonly format: string;
  readonly salt: readonly [number, number];
  /** How to reach a sample that is in Kafka. */
  readonly kafka?: KafkaAccess;
}

const fileName = (name: string): string => `file:${name}`;

/** Binds a pipeline to what a sample offers: which columns to read, which to map, whether reco is to be made. */
export function bindSample(
  pipeline: Pipeline,
  pipelinePlan: PipelinePlan,
  sample: SampleToBind,
  info: SampleInfo,
  picks: readonly EventPick[] = [],
): SampleStage {
  const offered = new Set(info.columns.map(({ name }) => name));
  const source = sourceOf(pipeline, sample.format);
  const map = new Map(Object.entries(source?.columns ?? {}).map(([name, text]) => [name, parse(text)]));
  const keys = WIRE_KEY.every((name) => offered.has(name)) ? WIRE_KEY : null;
  const number = keys && offered.has(WIRE_POSITION) ? WIRE_POSITION : null;
  const carried = [...(keys ?? []), ...(number === null ? [] : [number])];
  const names = keys ? [POSITION] : identityOf(pipeline, sample.format);
  const identityColumns = names.filter((name) => name !== POSITION && name !== SAMPLE);
  const has = (name: string): boolean => map.has(name) || offered.has(name);

  const bound = picks.map((pick) => bindPick(pick, pipelinePlan));
  const { models, used, columns } = withModels(pipelinePlan.models, [
    ...pipelinePlan.needs,
    ...bound.flatMap(({ needs }) => needs),
  ]);
  const reco = usesFastReconstruction(pipeline, { needs: columns }, sample, has)
    ? reconstructionOf(pipeline, pipelinePlan.definitions)
    : undefined;
  const needed = new Set([
    ...columns.filter((name) => reco?.makes.includes(name) !== true),
    ...(reco?.needs ?? []),
    ...identityColumns,
  ]);
  for (const name of needed) if (!has(name)) throw missing(pipeline, pipelinePlan, sample, info, name);
  const mappedNames = [...needed].filter((name) => (map.get(name)?.kind ?? 'name') !== 'name');
  const fileColumns = mappedNames.flatMap((name) => [...namesIn(map.get(name)!)]);
  requireColumns(
    sample.path,
    info,
    [...map].flatMap(([name, formula]) => (needed.has(name) ? [...namesIn(formula)] : [])),
  );
  const direct = [...needed]
    .filter((name) => !mappedNames.includes(name))
    .map((name) => [name, nameInFile(map.get(name), name)] as const);
  checkTypes(pipeline, sample, info, direct, mappedNames, map);

  return {
    sample: sample.index,
    read: [...new Set([...direct.map(([, inFile]) => inFile), ...fileColumns, ...carried])],
    direct: [...direct, ...carried.map((name) => [name, name] as const)],
    mapped: mappedNames.length === 0 ? null : compileMap(map, mappedNames, pipelinePlan.evaluatedBy),
    fileName,
    ranges: Object.entries(pipeline.columns)
      .filter(([name]) => needed.has(name))
      .map(([name, { range, unit }]) => ({
        name,
        low: range?.[0] ?? -Number.MAX_VALUE,
        high: range?.[1] ?? Number.MAX_VALUE,
        unit: unit ?? null,
      })),
    identity: { names, salt: sample.salt },
    identityColumns: number === null ? identityColumns : [number],
    keys,
    identityRises: names.length === 1 && identityColumns.length === 1,
    split: pipeline.split,
    reconstruct: reco?.apply ?? null,
    evaluate: evaluatorOf(pipelinePlan),
    windows: windowNumbers(pipeline),
    numbers: number ?? numberColumn(names),
    context: Object.entries(pipeline.context).map(([name, variable]) => ({
      name,
      most: 2 ** 25 * contextUnit(variable),
    })),
    response: pipeline.response ?? null,
    picks: bound,
    models: { models, used },
  };
}

const nameInFile = (formula: Formula | undefined, name: string): string =>
  formula?.kind === 'name' ? formula.name : name;

/** A list must be one in the pipeline too, and the column map must give numbers. */
function checkTypes(
  pipeline: Pipeline,
  { path, format }: SampleToBind,
  info: SampleInfo,
  direct: SampleStage['direct'],
  mappedNames: readonly string[],
  map: ReadonlyMap<string, Formula>,
): void {
  const isListInFile = new Map(info.columns.map(({ name, list }) => [name, list]));
  for (const [name, inFile] of direct) {
    const list = pipeline.columns[name]!.list;
    if (isListInFile.get(inFile) === list) continue;
    const what = list ? 'holds one number an event, not lists' : 'holds lists, not one number an event';
    throw wrongSample(`sample ${path}: column '${inFile}' ${what}; set columns.${name}.list to ${String(!list)}`);
  }
  const scope: Scope = new Map(
    info.columns.map(({ name, list }) => [name, { type: list ? 'list' : 'number', unit: null }]),
  );
  for (const name of mappedNames) {
    const where = `sources.${format}.columns.${name}`;
    let type;
    try {
      ({ type } = typeOf(map.get(name)!, scope));
    } catch (error) {
      throw wrongPipeline(`${where}: ${messageOf(error)}`, error);
    }
    if (type === 'list' || pipeline.columns[name]!.list)
      throw wrongPipeline(`${where}: lists can be renamed, not computed; compute with them in define`);
  }
}

/** A map may use a name of the file that the pipeline uses too (pt: pt / 1000), so the file's names are set apart. */
function compileMap(map: ReadonlyMap<string, Formula>, names: readonly string[], by: EvaluatedBy): Evaluator {
  const apart = new Map(
    names.map((name) => {
      const formula = map.get(name)!;
      const by = new Map(
        [...namesIn(formula)].map((n): [string, Formula] => [n, { kind: 'name', name: fileName(n), at: 0 }]),
      );
      return [name, substitute(formula, by)];
    }),
  );
  return compile(apart, names, names, by);
}

/** Whether the reconstruction is made here: when it always is, or when the sample has none of its columns. */
export function usesFastReconstruction(
  pipeline: Pipeline,
  { needs }: Pick<PipelinePlan, 'needs'>,
  { path }: { path: string },
  has: (name: string) => boolean,
): boolean {
  const config = pipeline.fast_reconstruction;
  if (config === undefined) return false;
  const made = config.objects
    .flatMap(({ pt, eta, phi }) => [pt[1], eta[1], phi[1]])
    .filter((name) => needs.includes(name));
  if (made.length === 0) return false;
  if (config.when === 'always') return true;
  const absent = made.filter((name) => !has(name));
  if (absent.length > 0 && absent.length < made.length) {
    throw wrongSample(
      `sample ${path}: has ${made.find(has)!} but no ${absent[0]!}; give both, or --set fast_reconstruction.when=always`,
    );
  }
  return absent.length > 0;
}

function missing(
  pipeline: Pipeline,
  { definitions }: PipelinePlan,
  sample: SampleToBind,
  info: SampleInfo,
  name: string,
): Problem {
  const problem = missingColumns(sample.path, info, [name])!;
  const inWeight = pipeline.weight !== undefined && namesIn(parse(pipeline.weight)).has(name) && !definitions.has(name);
  const hint = inWeight
    ? '; for events of equal weight: --set weight=none'
    : [pipeline.identity].flat().includes(name)
      ? '; to name events by their position: --set identity=position'
      : '';
  return new Problem(problem.exitCode, problem.message + hint);
}

/** What names an event of a sample in this format. */
export const identityOf = (pipeline: Pipeline, format: string): string[] =>
  [sourceOf(pipeline, format)?.identity ?? pipeline.identity].flat();

const sourceOf = (pipeline: Pipeline, format: string) => pipeline.sources[format as keyof Pipeline['sources']];

/** What the pipeline sets for the format of a sample, and how to reach it. */
export function sourceOptions(
  pipeline: Pipeline,
  { format, kafka }: Pick<SampleToBind, 'format' | 'kafka'>,
): SourceOptions {
  const tree = sourceOf(pipeline, format)?.tree;
  return { ...(tree === undefined ? {} : { tree }), ...(kafka ? { kafka } : {}) };
}
