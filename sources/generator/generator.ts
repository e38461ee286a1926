import { setImmediate } from 'node:timers/promises';
import type { Batch, Column } from '../../operators/batch.js';
import { wrongSample } from '../../operators/problem.js';
import { fastReconstruction, type FastReconstruction } from '../../operators/reconstruction/fast_reconstruction.js';
import type { ReadRange, SampleInfo, Source } from '../source.js';
import { generateEvent, PLACES } from './event.js';
import { configProblem, parseGeneratorPath, type GeneratorConfig } from './path.js';

/** The columns that generated events have; `weight` is 1, `flavour` 11 or 13. */
const GENERATED: readonly string[] = ['event', 'weight', 'flavour', ...PLACES.slice(0, 6)];

/** A stream of generated events: what a Source gives once its path is chosen. */
export interface GeneratorSource {
  readonly describe: () => SampleInfo;
  readonly read: (
    columns: readonly string[],
    options: { readonly batchEvents: number; readonly range?: ReadRange },
  ) => AsyncGenerator<Batch>;
}

/**
 * Z/γ* → ll events with known truth (see `generateEvent`), and their reconstruction if `config.reco` is given, whose
 * formulas may use any generated column. Event n is the same in every range and every batch size.
 */
export function generatorSource(config: GeneratorConfig): GeneratorSource {
  const problem = configProblem(config);
  if (problem !== undefined) throw wrongSample(`generator: ${problem}`);
  const reco = config.reco === undefined ? undefined : fastReconstruction(config.reco);
  for (const name of reco?.needs ?? []) {
    if (!GENERATED.includes(name)) throw missing(name, GENERATED);
  }
  const names: string[] = [...GENERATED, ...(reco?.makes ?? [])];
  return {
    describe: () => ({
      columns: names.map((name) => ({ name, list: false })),
      events: config.events,
      fixed: true,
    }),
    read: async function* (columns, { batchEvents, range }) {
      for (const name of columns) if (!names.includes(name)) throw missing(name, names);
      const made = reco?.makes.some((name) => columns.includes(name)) === true ? reco : undefined;
      const to = Math.min(range?.to ?? config.events, config.events);
      for (let start = Math.max(range?.from ?? 0, 0); start < to; start += batchEvents) {
        const length = Math.min(batchEvents, to - start);
        const all = generate(config, start, length, made);
        yield { start, length, columns: new Map(columns.map((name) => [name, all.get(name)!])) };
        // No file is awaited here: let timers and servers of this thread have their turn.
        await setImmediate();
      }
    },
  };
}

function generate(
  { seed, high_pt_fraction }: GeneratorConfig,
  start: number,
  length: number,
  reco: FastReconstruction | undefined,
): Map<string, Column> {
  const event = new Float64Array(length);
  const keyLo = new Uint32Array(length);
  const keyHi = new Uint32Array(length);
  const flavour = new Int32Array(length);
  const leptons = PLACES.slice(0, 6).map(() => new Float64Array(length));
  const out = new Float64Array(PLACES.length);
  for (let i = 0; i < length; i++) {
    event[i] = start + i;
    keyLo[i] = start + i;
    keyHi[i] = Math.floor((start + i) / 0x100000000);
    generateEvent(seed, high_pt_fraction, start + i, out);
    for (let place = 0; place < 6; place++) leptons[place]![i] = out[place]!;
    flavour[i] = out[6]!;
  }
  const columns = new Map<string, Column>([
    ['event', event],
    ['weight', new Float64Array(length).fill(1)],
    ['flavour', flavour],
  ]);
  leptons.forEach((values, place) => columns.set(PLACES[place]!, values));
  for (const [name, values] of reco?.apply(columns, keyLo, keyHi, event, length) ?? []) columns.set(name, values);
  return columns;
}

function missing(name: string, known: readonly string[]): Error {
  return wrongSample(`generator: no column '${name}'; it has: ${known.join(', ')}`);
}

/** Generated events as a sample: `generator:100000?seed=1&high_pt=0.3`. No file is read. */
export const generator: Source = {
  format: 'generator',
  extensions: [],
  ranges: true,
  describe: (path) => Promise.resolve().then(() => generatorSource(parseGeneratorPath(path)).describe()),
  read: (path, columns, options) => generatorSource(parseGeneratorPath(path)).read(columns, options),
};
