import { wrongPipeline } from '../../operators/problem.js';

/** Columns with one number an event, by their index in the event's row; the first six are the event's first line. */
const SCALARS = [
  ...['n_particles', 'process_id', 'weight', 'scale', 'alpha_qed', 'alpha_qcd'],
  ...['event', 'flavour', 'gen_l1_pt', 'gen_l1_eta', 'gen_l1_phi', 'gen_l2_pt', 'gen_l2_eta', 'gen_l2_phi'],
];
export const EVENT = 6;
export const FLAVOUR = 7;
/** Index of gen_l1_pt, and of gen_l2_pt; eta and phi follow. */
export const LEPTON = [8, 11] as const;

/** Columns with one number a particle, by their field on the particle's line; the first four are integers. */
const LISTS: Readonly<Record<string, number>> = {
  ...{ pdg: 0, status: 1, mother1: 2, mother2: 3 },
  ...{ px: 6, py: 7, pz: 8, energy: 9, particle_mass: 10 },
};

export const FIXED_SCALARS: readonly string[] = SCALARS;
export const FIXED_LISTS: readonly string[] = Object.keys(LISTS);

/** What was asked for, and where it comes from. */
export interface Plan {
  /** Columns with one number an event: name, and index in the row. */
  readonly scalars: readonly { readonly name: string; readonly from: number }[];
  /** Columns with one number a particle: name, and field of the particle. */
  readonly lists: readonly { readonly name: string; readonly field: number; readonly integer: boolean }[];
  readonly pair: boolean;
  readonly attributes: ReadonlyMap<string, number>;
  readonly reweights: ReadonlyMap<string, number>;
  readonly weights: ReadonlyMap<string, number>;
  /** Numbers in a row. */
  readonly width: number;
}

/** Plans the columns of these names; a name that no LHE file can have is the pipeline's mistake. */
export function planColumns(names: readonly string[]): Plan {
  const scalars: { name: string; from: number }[] = [];
  const lists: { name: string; field: number; integer: boolean }[] = [];
  const extras = {
    attr: new Map<string, number>(),
    rwgt: new Map<string, number>(),
    weights: new Map<string, number>(),
  };
  let width = SCALARS.length;
  for (const name of new Set(names)) {
    const fixed = SCALARS.indexOf(name);
    const field = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
    const [, kind, rest] = /^(attr|rwgt|weights)_(.+)$/s.exec(name) ?? [];
    if (fixed >= 0) scalars.push({ name, from: fixed });
    else if (field !== undefined) lists.push({ name, field, integer: field < 6 });
    else if (kind !== undefined && rest !== undefined) {
      extras[kind as keyof typeof extras].set(rest, width);
      scalars.push({ name, from: width++ });
    } else {
      const known = [...SCALARS, ...FIXED_LISTS, 'attr_<name>', 'rwgt_<id>', 'weights_<i>'].join(', ');
      throw wrongPipeline(`column ${name}: an LHE file cannot have it; it has ${known}`);
    }
  }
  const pair = scalars.some(({ from }) => from >= FLAVOUR && from < SCALARS.length);
  return { scalars, lists, pair, attributes: extras.attr, reweights: extras.rwgt, weights: extras.weights, width };
}
