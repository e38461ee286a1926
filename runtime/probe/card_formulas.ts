import type { CardInput, ModelCard } from '../../schemas/model_card.js';

/** Names of what is computed of an event for a card; in brackets, so that no formula can use them. */
export const inputName = (name: string): string => `(input ${name})`;
export const sigmaName = (name: string): string => `(sigma ${name})`;
export const LABEL = '(label)';
export const TRUTH = '(truth)';
export const RESOLUTION = '(resolution)';

/**
 * What a card needs of each event, as formulas of the pipeline's columns and definitions: its inputs as they are, the
 * uncertainty of those that may be changed (0 where the value is missing), and label, truth and resolution if it names
 * them.
 */
export function cardFormulas({ inputs, task }: Pick<ModelCard, 'inputs' | 'task'>): Record<string, string> {
  const formulas: Record<string, string> = {};
  for (const input of inputs) {
    formulas[inputName(input.name)] = present(input, valueOf(input), String(input.missing));
    if (input.uncertainty) formulas[sigmaName(input.name)] = present(input, sigmaOf(input), '0');
  }
  if (task.kind === 'classify' && task.label !== undefined) formulas[LABEL] = task.label;
  if (task.kind === 'regress') {
    formulas[RESOLUTION] = task.resolution;
    if (task.truth !== undefined) formulas[TRUTH] = task.truth;
  }
  return formulas;
}

const valueOf = ({ name, formula }: CardInput): string => formula ?? name;

/** NaN alone is not equal to itself. */
const present = (input: CardInput, formula: string, otherwise: string): string =>
  input.missing === undefined ? formula : `where((${valueOf(input)}) == (${valueOf(input)}), ${formula}, ${otherwise})`;

function sigmaOf(input: CardInput): string {
  const { uncertainty } = input;
  if (uncertainty === undefined) return '0';
  if ('absolute' in uncertainty) return String(uncertainty.absolute);
  if ('relative' in uncertainty) return `${uncertainty.relative} * abs(${valueOf(input)})`;
  return uncertainty.formula;
}
