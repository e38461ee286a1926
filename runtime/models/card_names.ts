import { CONSTANTS, WORDS } from '../../operators/expressions/constants.js';
import { wrongPipeline } from '../../operators/problem.js';
import type { ModelCard } from '../../schemas/model_card.js';
import type { Locate } from '../pipeline_checks.js';
import { suggestion } from '../pipeline_mistake.js';

/** Inputs and outputs share the header of the validation file, so that no name may be there twice. */
export function checkNames({ inputs, outputs, envelope }: ModelCard, locate: Locate): void {
  const seen = new Set<string>();
  for (const [key, entries] of Object.entries({ inputs, outputs })) {
    entries.forEach(({ name }, i) => {
      if (seen.has(name)) throw wrongPipeline(`${locate([key, i, 'name'])}: '${name}' is given twice`);
      if (CONSTANTS.has(name) || WORDS.has(name))
        throw wrongPipeline(`${locate([key, i, 'name'])}: '${name}' is taken by the formulas: rename it`);
      seen.add(name);
    });
  }
  const names = inputs.map(({ name }) => name);
  inputs.forEach(({ name, tensor }, i) => {
    const whose = names.find((other) => name === `nominal_${other}`);
    if (whose !== undefined)
      throw wrongPipeline(`${locate(['inputs', i, 'name'])}: '${name}' means the nominal ${whose}: rename it`);
    if ((tensor === undefined) !== (inputs[0]!.tensor === undefined))
      throw wrongPipeline(`${locate(['inputs', i])}: name the tensor of each input, or of none`);
  });
  for (const name of Object.keys(envelope)) known(name, names, 'input', ['envelope', name], locate);
}

/** A name that is not among those that there are is a Problem (2) with the nearest one. */
export function known(
  name: string,
  names: readonly string[],
  what: string,
  path: readonly PropertyKey[],
  locate: Locate,
): void {
  if (!names.includes(name))
    throw wrongPipeline(`${locate(path)}: unknown ${what} '${name}'${suggestion(name, names)}`);
}
