import { coordinate } from '../../operators/probes/coordinate.js';
import { evolutionary } from '../../operators/probes/evolutionary.js';
import { minimalPerturbation } from '../../operators/probes/minimal_perturbation.js';
import { preserving } from '../../operators/probes/preserving.js';
import { projectedGradient } from '../../operators/probes/projected_gradient.js';
import type { Attack } from '../../operators/probes/types.js';
import { ATTACKS } from '../../schemas/pipeline.js';

export { ATTACKS };

export type AttackName = (typeof ATTACKS)[number];

/** Caps of the attack that keeps distributions. */
export interface Caps {
  /** Of the Jensen–Shannon distance of each feature. */
  readonly distance: number;
  /** Of the change of the correlation matrix (Frobenius), relative to its norm. */
  readonly correlation: number;
}

/**
 * Where fooled events are all that counts: a first step of full size that comes less than half way leaves no hope for the
 * others, which from there on gain by the model's curvature alone.
 */
const HOPELESS = 0.5;

/**
 * `enough`: the search leaves an event alone whose margin is below it, where it looks at each event by itself. `slope`:
 * the margin's gradient at the events as they are, where it is known.
 */
export const attackOf = (name: AttackName, caps: Caps, enough = -Infinity, slope?: readonly Float64Array[]): Attack =>
  ({
    gradient: () =>
      projectedGradient({ enough, hopeless: enough === -Infinity ? 0 : HOPELESS, ...(slope && { slope }) }),
    preserving: () => preserving(caps),
    minimal: () => minimalPerturbation(),
    coordinate: () => coordinate({ enough }),
    evolutionary: () => evolutionary({ enough }),
  })[name]();

/** Steps that each search takes. */
export const STEPS = 10;
