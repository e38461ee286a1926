import { namesIn, parse } from '../../operators/expressions/formula.js';
import { plan } from '../../operators/expressions/plan.js';
import type { Signature } from '../../operators/expressions/types.js';
import { wrongPipeline } from '../../operators/problem.js';
import type { ModelCard } from '../../schemas/model_card.js';
import { at, type Locate } from '../pipeline_checks.js';
import { correlationFactor } from '../probe/correlation_factor.js';
import { checkNames, known } from './card_names.js';
import { checkTask } from './card_task.js';

type Path = readonly PropertyKey[];

/** What a schema cannot say of a card. A mistake is a Problem (2) with its line. */
export function checkCard(card: ModelCard, locate: Locate): void {
  checkNames(card, locate);
  checkFormulas(card, locate);
  checkFollowing(card, locate);
  checkCorrelated(card, locate);
  checkTask(card, locate);
}

function checkFormulas({ inputs, task }: ModelCard, locate: Locate): void {
  const check = (text: string | undefined, path: Path): void => {
    if (text !== undefined) at(locate, path, () => parse(text));
  };
  inputs.forEach(({ formula, uncertainty, follows }, i) => {
    check(formula, ['inputs', i, 'formula']);
    check(follows, ['inputs', i, 'follows']);
    if (uncertainty && 'formula' in uncertainty) check(uncertainty.formula, ['inputs', i, 'uncertainty', 'formula']);
  });
  if (task.kind === 'classify') check(task.label, ['task', 'label']);
  else {
    check(task.truth, ['task', 'truth']);
    check(task.resolution, ['task', 'resolution']);
  }
}

/** Inputs that follow from others: of known names, without a circle. */
function checkFollowing({ inputs }: ModelCard, locate: Locate): void {
  const number: Signature = { type: 'number', unit: null };
  const names = inputs.flatMap(({ name }) => [name, `nominal_${name}`]);
  const following = new Map(
    inputs.flatMap(({ name, follows }) => (follows === undefined ? [] : [[name, parse(follows)] as const])),
  );
  const given = new Map(names.filter((name) => !following.has(name)).map((name) => [name, number]));
  inputs.forEach(({ name }, i) => {
    const formula = following.get(name);
    if (formula === undefined) return;
    const path = ['inputs', i, 'follows'];
    for (const used of namesIn(formula)) known(used, names, 'input', path, locate);
    at(locate, path, () => {
      try {
        const { type } = plan(following, [name], given).signatures.get(name)!;
        if (type !== 'number') throw wrongPipeline(`is a ${type}; one number an event is needed`);
      } catch (error) {
        throw wrongPipeline((error as Error).message.replace(/^define( \w+)?: /, ''), error);
      }
    });
  });
}

function checkCorrelated({ inputs, correlated }: ModelCard, locate: Locate): void {
  const names = inputs.map(({ name }) => name);
  const grouped = new Set<string>();
  correlated.forEach(({ inputs: members, correlation: R }, k) => {
    members.forEach((name, m) => {
      const path = ['correlated', k, 'inputs', m];
      known(name, names, 'input', path, locate);
      if (inputs[names.indexOf(name)]!.uncertainty === undefined)
        throw wrongPipeline(`${locate(path)}: '${name}' has no uncertainty: give it one, or leave it out here`);
      if (grouped.has(name)) throw wrongPipeline(`${locate(path)}: '${name}' is in a group already`);
      grouped.add(name);
    });
    const path = ['correlated', k, 'correlation'];
    const wrong = (what: string): Error => wrongPipeline(`${locate(path)}: ${what}`);
    const g = members.length;
    if (R.length !== g || R.some((row) => row.length !== g))
      throw wrong(`is not ${g} × ${g}: a row and a column for each of ${members.join(', ')}`);
    R.forEach((row, i) => {
      if (row[i] !== 1) throw wrong(`${members[i]!} with itself is ${row[i]!}, not 1`);
      row.forEach((r, j) => {
        if (r !== R[j]![i]) throw wrong(`${members[i]!} with ${members[j]!} is ${r} and ${R[j]![i]!}: make them one`);
      });
    });
    try {
      correlationFactor(R);
    } catch (error) {
      throw wrong((error as Error).message.replace(/^correlation: /, ''));
    }
  });
}
