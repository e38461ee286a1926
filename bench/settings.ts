import { wholeNumber } from '../cli/options.js';
import { wrongPipeline } from '../operators/problem.js';
import { optionValues } from './option_values.js';
import { PARTS, type Part } from './parts/index.js';

const OPTIONS = {
  events: { type: 'string' },
  text: { type: 'string' },
  rounds: { type: 'string' },
  only: { type: 'string' },
  quick: { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
} as const;

const FULL = { events: 4_000_000, text: 400_000, rounds: 3 } as const;
/** Under a minute, to see that everything runs; its figures are of little worth. */
const QUICK = { events: 50_000, text: 10_000, rounds: 1 } as const;
/** They take long: in a quick run only when they are asked for. */
const NOT_QUICK: readonly Part[] = ['kafka', 'scaling', 'profile'];
const FORMATS = ['text', 'markdown', 'json'] as const;

/** What the command line asks for; a Problem (2) where it cannot be. */
export function settings() {
  const values = optionValues(OPTIONS);
  const standard = values.quick ? QUICK : FULL;
  const number = (name: keyof typeof FULL, most: number): number =>
    wholeNumber(`--${name}`, values[name] ?? String(standard[name]), 1, most);
  const format = FORMATS.find((each) => each === values.format);
  if (format === undefined) throw wrongPipeline(`--format ${values.format}: expected ${FORMATS.join(', ')}`);
  return {
    ...{ format, quick: values.quick, parts: partsOf(values.only, values.quick) },
    ...{ events: number('events', 1e9), textEvents: number('text', 1e9), rounds: number('rounds', 1000) },
  };
}

/** The parts of a list of names, in the order of the bench. */
export function partsOf(only: string | undefined, quick: boolean): Part[] {
  const all = Object.keys(PARTS) as Part[];
  if (only === undefined) return quick ? all.filter((part) => !NOT_QUICK.includes(part)) : all;
  const names = only.split(',').map((name) => name.trim());
  for (const name of names) {
    if (all.some((part) => part === name)) continue;
    throw wrongPipeline(`--only ${name}: expected some of ${all.join(', ')}`);
  }
  return all.filter((part) => names.includes(part));
}
