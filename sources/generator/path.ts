import { wrongSample } from '../../operators/problem.js';
import { isSeed } from '../../operators/random/seed.js';
import type { FastReconstructionConfig } from '../../operators/reconstruction/config.js';

/** What to generate. The events are a function of `seed`, `high_pt_fraction` and their number alone. */
export interface GeneratorConfig {
  readonly events: number;
  /** An integer from 0 to 2^32 − 1. */
  readonly seed: number;
  /** The share of events, 0 to 1, whose boson pT is drawn from the hard tail. */
  readonly high_pt_fraction: number;
  /** Makes reconstructed columns too. */
  readonly reco?: FastReconstructionConfig | undefined;
}

const USAGE = 'write generator:EVENTS?seed=N&high_pt=SHARE, as in generator:100000?seed=1&high_pt=0.3';

/** True if the sample's name asks for generated events. */
export const isGeneratorPath = (path: string): boolean => path.startsWith('generator:');

/**
 * Reads `generator:100000?seed=1&high_pt=0.3`; the seed is 1 and high_pt 0 unless given. `1e6` is a number of events.
 * Anything else is a Problem (3) that says which part is wrong.
 */
export function parseGeneratorPath(path: string): GeneratorConfig {
  const wrong = (what: string): Error => wrongSample(`${path}: ${what}; ${USAGE}`);
  const match = /^generator:([^?]*)(?:\?(.*))?$/s.exec(path);
  if (match === null) throw wrong('not a generated sample');
  const events = numberOf(match[1]!);
  if (!Number.isSafeInteger(events) || events < 0) throw wrong(`'${match[1]!}' is not a number of events`);
  const entries = new Map<string, number>([
    ['seed', 1],
    ['high_pt', 0],
  ]);
  const seen = new Set<string>();
  for (const part of (match[2] ?? '').split('&').filter((text) => text !== '')) {
    const [name, value] = /^([^=]*)(?:=(.*))?$/s.exec(part)!.slice(1) as [string, string | undefined];
    if (!entries.has(name)) throw wrong(`unknown entry '${name}', known are ${[...entries.keys()].join(', ')}`);
    if (seen.has(name)) throw wrong(`'${name}' is given twice`);
    seen.add(name);
    const number = numberOf(value ?? '');
    if (Number.isNaN(number)) throw wrong(`'${part}' gives no number`);
    entries.set(name, number);
  }
  const config = { events, seed: entries.get('seed')!, high_pt_fraction: entries.get('high_pt')! };
  const problem = configProblem(config);
  if (problem !== undefined) throw wrong(problem);
  return config;
}

/** What is wrong with a configuration, if anything. */
export function configProblem(config: GeneratorConfig): string | undefined {
  const { events, seed, high_pt_fraction } = config;
  if (!Number.isSafeInteger(events) || events < 0) return `${events} is not a number of events`;
  if (!isSeed(seed)) return `${seed} is not a seed, which is an integer from 0 to 4294967295`;
  if (!(high_pt_fraction >= 0 && high_pt_fraction <= 1))
    return `high_pt ${high_pt_fraction} is not a share from 0 to 1`;
  return undefined;
}

const numberOf = (text: string): number => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN);
