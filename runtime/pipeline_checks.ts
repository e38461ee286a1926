import { parse, type Formula } from '../operators/expressions/formula.js';
import { typeOf, type Scope } from '../operators/expressions/types.js';
import { common, isClash } from '../operators/expressions/units.js';
import { fastReconstruction } from '../operators/reconstruction/fast_reconstruction.js';
import { messageOf, wrongPipeline } from '../operators/problem.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { POSITION, SAMPLE } from './identity.js';
import { suggestion } from './pipeline_mistake.js';
import { reconstructionConfig } from './reconstruction.js';

export type Locate = (path: readonly PropertyKey[]) => string;
type Path = readonly PropertyKey[];

/** Every name that is no formula must be known; `known` are the columns and definitions. */
export function checkNames(pipeline: Pipeline, locate: Locate, known: readonly string[]): void {
  const check = (name: string | undefined, path: Path, names: readonly string[]): void => {
    if (name === undefined || names.includes(name)) return;
    throw wrongPipeline(`${locate(path)}: unknown name '${name}'${suggestion(name, names)}`);
  };
  const columns = Object.keys(pipeline.columns);
  const single = columns.filter((name) => !pipeline.columns[name]!.list);
  const checkIdentity = (identity: string | string[], path: Path): void => {
    for (const name of [identity].flat()) {
      check(name, path, [...single, POSITION, SAMPLE]);
      if ((name === POSITION || name === SAMPLE) && columns.includes(name))
        throw wrongPipeline(
          `${locate(path)}: '${name}' is a column and the ${name} of the event too; give the column another name`,
        );
    }
  };
  for (const key of ['reco', 'truth'] as const) {
    check(pipeline.response?.[key], ['response', key], known);
    check(pipeline.spectrum?.[key], ['spectrum', key], known);
  }
  checkIdentity(pipeline.identity, ['identity']);
  for (const [format, source] of Object.entries(pipeline.sources)) {
    checkIdentity(source.identity ?? [], ['sources', format, 'identity']);
    for (const [name, text] of Object.entries(source.columns ?? {})) {
      check(name, ['sources', format, 'columns', name], columns);
      at(locate, ['sources', format, 'columns', name], () => parse(text));
    }
  }
  const { window } = pipeline;
  if (window && 'time' in window) check(window.time, ['window', 'time'], known);
  if (window && 'by' in window)
    window.by.forEach((name, i) => {
      check(name, ['window', 'by', i], known);
    });
  pipeline.fast_reconstruction?.objects.forEach((object, i) => {
    for (const key of ['pt', 'eta', 'phi'] as const) {
      object[key].forEach((name, end) => {
        check(name, ['fast_reconstruction', 'objects', i, key, end], single);
      });
    }
    for (const [local, name] of Object.entries(object.with ?? {}))
      check(name, ['fast_reconstruction', 'objects', i, 'with', local], single);
  });
}

/** The unit that is printed must be that of the formula. */
export function checkUnits({ context, spectrum }: Pipeline, scope: Scope, locate: Locate): void {
  const check = (name: string, unit: string | undefined, path: Path): void => {
    const found = scope.get(name)?.unit ?? null;
    if (unit !== undefined && isClash(common([unit, found])))
      throw wrongPipeline(`${locate(path)}: is ${unit}, but ${name} is in ${found ?? ''}`);
  };
  for (const [name, { unit }] of Object.entries(context)) check(name, unit, ['context', name, 'unit']);
  if (spectrum) check(spectrum.reco, spectrum.unit, ['spectrum', 'unit']);
}

/** Features of the objects: the same names for each, and formulas that hold. */
export function checkObjects(pipeline: Pipeline, scope: Scope, locate: Locate): void {
  const [first] = pipeline.objects ?? [];
  pipeline.objects?.forEach((features, i) => {
    const names = Object.keys(features).join(', ');
    if (names !== Object.keys(first!).join(', ')) {
      throw wrongPipeline(
        `${locate(['objects', i])}: has ${names}, the first object ${Object.keys(first!).join(', ')}`,
      );
    }
    for (const [name, text] of Object.entries(features)) {
      at(locate, ['objects', i, name], () => typeOf(parse(text), scope));
    }
  });
}

/** What the local model says of features must be said of features that there are. */
export function checkLocalModel({ objects = [], local_model: model }: Pipeline, locate: Locate): void {
  const features = Object.keys(objects[0] ?? {});
  for (const key of ['knots', 'categories'] as const) {
    for (const name of Object.keys(model[key])) {
      const where = locate(['local_model', key, name]);
      if (features.length === 0) throw wrongPipeline(`${where}: the pipeline has no objects with features`);
      if (!features.includes(name))
        throw wrongPipeline(`${where}: unknown feature '${name}'${suggestion(name, features)}`);
      if (key === 'knots' && name in model.categories)
        throw wrongPipeline(`${where}: '${name}' is one of local_model.categories, which have no knots`);
    }
  }
  if (model.verdict === 'declared' && model.declared === undefined)
    throw wrongPipeline(`${locate(['local_model', 'verdict'])}: is declared, but there is no local_model.declared`);
}

/** The formulas of the fast reconstruction, whether or not a sample will need it. */
export function checkReconstruction(
  pipeline: Pipeline,
  definitions: ReadonlyMap<string, Formula>,
  given: Scope,
  locate: Locate,
): void {
  if (pipeline.fast_reconstruction === undefined) return;
  try {
    const config = reconstructionConfig(pipeline, definitions);
    if (config) fastReconstruction(config, given);
  } catch (error) {
    // The message begins with the path of the formula at fault.
    const [, inside = '', what = messageOf(error)] =
      /^fast_reconstruction((?:\.\w+)*): (.*)$/s.exec(messageOf(error)) ?? [];
    throw wrongPipeline(`${locate(['fast_reconstruction', ...inside.split('.').slice(1)])}: ${what}`, error);
  }
}

/** What `work` throws, with the line of the entry. */
export function at<T>(locate: Locate, path: Path, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw wrongPipeline(`${locate(path)}: ${messageOf(error)}`, error);
  }
}
